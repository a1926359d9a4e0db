"""What stands between the network and the answers: who may ask, how much and how slowly."""
