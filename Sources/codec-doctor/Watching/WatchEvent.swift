import HealthRules

/// Something `watch` tells.
enum WatchEvent {
    /// It begins.
    case started(target: String, store: String)
    /// A run is watched from now on.
    case run(id: Int64, name: String)
    /// Something about logs, commands or processes.
    case note(String)
    /// A finding came, changed or went.
    case finding(FindingTracker.Change, WatchStatus)
    /// How a run stands; every now and then.
    case heartbeat(WatchStatus)
    /// The end: how every run stands.
    case summary([WatchStatus], seconds: Double, reason: String)
}

extension FindingTracker.Change {
    /// The word for it.
    var word: String {
        switch self {
        case .appeared: "appeared"
        case .worsened: "worsened"
        case .eased: "eased"
        case .gone: "gone"
        }
    }

    /// Whether something got worse, and not better.
    var isBad: Bool {
        switch self {
        case .appeared, .worsened: true
        case .eased, .gone: false
        }
    }
}
