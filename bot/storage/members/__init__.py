"""Members, the identity vault and the consent log as rows."""
