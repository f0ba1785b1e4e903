"""The operator's pages in Oscar's dashboard. A face: it asks and shows, and holds no rule."""
