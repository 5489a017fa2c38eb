"""Cut one message into its parts, on bytes; what the parts say is for the readers."""
