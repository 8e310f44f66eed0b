"""What we talk about: one file each; none imports another."""
