"""Papers as offices send them, scanned and photographed; their truth is known."""
