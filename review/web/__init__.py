"""The review desk as a web application: pages made on the server, a small script of our own for keys."""
