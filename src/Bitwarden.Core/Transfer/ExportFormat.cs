namespace Bitwarden.Core.Transfer;

/// <summary>The forms of an exported vault, all of them the official client's.</summary>
public enum ExportFormat
{
    /// <summary>JSON, encrypted as a whole with a password of its own.</summary>
    EncryptedJson,

    /// <summary>JSON with each value as the server has it: only the same account, or the same organization, can read it.</summary>
    AccountEncryptedJson,

    /// <summary>JSON that anybody can read.</summary>
    Json,

    /// <summary>A table that anybody can read, of logins and secure notes only.</summary>
    Csv,
}
