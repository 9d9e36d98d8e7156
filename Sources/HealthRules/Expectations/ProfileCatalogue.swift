public import Foundation
import TrainingMetrics

/// The expectation profiles that ship with the tool, and the user's own from YAML files.
public enum ProfileCatalogue {
    private static let embedded: [(name: String, bytes: [UInt8])] = [
        ("bigvgan", PackageResources.bigvgan_yml),
        ("dac", PackageResources.dac_yml),
        ("encodec", PackageResources.encodec_yml),
        ("hifi-gan", PackageResources.hifi_gan_yml),
        ("rvc-vits", PackageResources.rvc_vits_yml),
        ("telugu-dac", PackageResources.telugu_dac_yml),
    ]

    /// Names of the profiles that ship with the tool, in alphabetical order.
    public static let names: [String] = embedded.map(\.name)

    /// A profile that ships with the tool, or, when the text ends in `.yml` or `.yaml` or holds a slash, the one in
    /// that file.
    /// - Throws: `ProfileError`.
    public static func profile(named text: String) throws(ProfileError) -> ExpectationProfile {
        if let found = embedded.first(where: { $0.name == text }) {
            return try ProfileReader.read(String(decoding: found.bytes, as: UTF8.self), source: "\(found.name).yml")
        }
        guard isPath(text) else { throw .unknown(name: text, known: NearestSpelling.ranked(names, to: text)) }
        return try profile(at: URL(filePath: text))
    }

    /// Whether a text is the path of a file rather than a name: it holds a slash or ends in `.yml` or `.yaml`.
    public static func isPath(_ text: String) -> Bool {
        text.contains("/") || text.hasSuffix(".yml") || text.hasSuffix(".yaml")
    }

    /// The profile in a YAML file.
    /// - Throws: `ProfileError`.
    public static func profile(at file: URL) throws(ProfileError) -> ExpectationProfile {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw .unreadable(path: file.path(percentEncoded: false))
        }
        return try ProfileReader.read(String(decoding: data, as: UTF8.self), source: file.lastPathComponent)
    }
}
