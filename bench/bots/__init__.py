"""What bots of other APIs cost: a message in and its answer out, their order, and the memory of many that are idle."""
