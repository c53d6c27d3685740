"""Models behind two small protocols, one file per provider; `registry` opens them by name."""
