"""Outside facts: the dataset ledger, readers, the claims format. Only this package may touch the network."""
