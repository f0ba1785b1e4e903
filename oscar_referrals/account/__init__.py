"""The advocate's and the friend's pages. A face: it shows and asks, and holds no rule."""
