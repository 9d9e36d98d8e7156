/// Frameworks for large models: what they count and time beside the losses.
enum LargeModelTables {
    static let all: [RoleTable] = [
        RoleTable(
            "Megatron-LM",
            """
            when elapsed time per iteration (ms)|elapsed time per iteration|number of skipped iterations
            elapsed time per iteration (ms) = stepTime scale=0.001
            elapsed time per iteration = stepTime
            """
        )
    ]
}
