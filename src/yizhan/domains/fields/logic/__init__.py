"""What fields mean, without a database: values, patterns, formulas, conditions, the evaluator. Pure."""
