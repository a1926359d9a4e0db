"""What a map shows: a theatre as GeoJSON, control by day, one campaign with its places."""
