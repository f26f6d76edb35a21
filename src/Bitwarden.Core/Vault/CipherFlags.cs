namespace Bitwarden.Core.Vault;

/// <summary>What the index knows of an item beside its ids and dates.</summary>
[Flags]
internal enum CipherFlags
{
    None = 0,

    /// <summary>The user's favourite.</summary>
    Favorite = 1,

    /// <summary>Official clients ask for the master password again.</summary>
    Reprompt = 2,

    /// <summary>Id, owner, type or name are not of the expected form; only the id is known.</summary>
    Malformed = 4,

    /// <summary>The members are sealed in one blob (protocol 8.8), which cannot be opened yet.</summary>
    SealedBlob = 8,
}
