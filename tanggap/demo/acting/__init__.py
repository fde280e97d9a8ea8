"""Acting a plan out in memory: what the services do to a case, without locks, permissions and one commit each.

Every act takes the state from `workflow.advance` and the dates from `cases.deadlines`, so that a plan which the
services would refuse fails here too, and the events replay to the rows.
"""
