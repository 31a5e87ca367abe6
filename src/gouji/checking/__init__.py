"""Witnesses become identities, violated identities a diagnosis, and the diagnosis a short list of findings."""
