"""Settings, campaigns and units as files; frozen values out."""
