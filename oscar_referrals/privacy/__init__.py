"""What people may see, take with them and have erased of what is stored about them."""
