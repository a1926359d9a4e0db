"""What more of something would do: drones of either side, years of digging."""
