"""Where the spread of a forecast comes from: chance, groups of parameters, judgement."""
