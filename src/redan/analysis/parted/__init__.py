"""What separated a group of replications from the others."""
