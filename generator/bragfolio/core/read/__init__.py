"""Read: from the bytes of a portfolio's files to typed values, with a place for everything that is wrong."""
