group-personal = This is better discussed in private: please write to me directly.
