"""Results, the plan beside them, and the recap of the country."""
