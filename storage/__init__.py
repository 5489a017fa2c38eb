"""Everything SQLAlchemy and everything on disk; speaks domain words upward."""
