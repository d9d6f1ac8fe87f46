"""Drives and network shares, which may never answer: asked once a job, waited for no longer than the job is wanted."""
