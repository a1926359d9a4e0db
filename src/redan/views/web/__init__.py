"""The map in a browser: a server on loopback that asks Redan and shows what it answers."""
