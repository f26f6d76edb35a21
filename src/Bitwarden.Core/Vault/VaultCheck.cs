namespace Bitwarden.Core.Vault;

/// <summary>What a check of a whole vault found.</summary>
public sealed record VaultCheck
{
    /// <summary>Whether everything can be read.</summary>
    public bool IsIntact => Problems.Count == 0;

    /// <summary>How many items were checked, those in the trash too.</summary>
    public int Items { get; init; }

    /// <summary>How many of them are in the trash.</summary>
    public int Trash { get; init; }

    /// <summary>How many of each kind, by the kind's name.</summary>
    public IReadOnlyDictionary<string, int> Types { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, int>.Empty;

    /// <summary>How many folders.</summary>
    public int Folders { get; init; }

    /// <summary>How many collections.</summary>
    public int Collections { get; init; }

    /// <summary>How many files; their names and keys were checked, their contents are not in the vault.</summary>
    public int Attachments { get; init; }

    /// <summary>How many encrypted values were checked, names too.</summary>
    public int Values { get; init; }

    /// <summary>How many items have a part that cannot be read.</summary>
    public int BrokenItems { get; init; }

    /// <summary>What cannot be read, item by item.</summary>
    public IReadOnlyList<VaultProblem> Problems { get; init; } = [];

    /// <summary>How long the check took.</summary>
    public TimeSpan Duration { get; init; }
}
