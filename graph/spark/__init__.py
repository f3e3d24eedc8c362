"""Networks larger than memory: degree, PageRank and components by Spark's GraphX, on one machine or a cluster."""
