"""One revision of the catalog's schema a module, oldest first. A released one is never changed."""
