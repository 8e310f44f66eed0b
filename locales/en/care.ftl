care-not-in = This is for members of the club “{ $club }”. Joining is free and takes a couple of minutes.
care-join-button = Join the club
