"""WHO takes part: advocates, what they accepted, and which customers the shop has known before."""
