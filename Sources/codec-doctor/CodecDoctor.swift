import ArgumentParser

@main
struct CodecDoctor: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "codec-doctor",
        abstract: "Says what is wrong with a codec training run."
    )
}
