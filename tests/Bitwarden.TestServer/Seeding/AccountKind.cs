namespace Bitwarden.TestServer.Seeding;

/// <summary>What protects an account's user key.</summary>
internal enum AccountKind
{
    /// <summary>A master password.</summary>
    MasterPassword,

    /// <summary>A key that a Key Connector keeps.</summary>
    KeyConnector,

    /// <summary>Trusted devices only: the server holds no wrapped user key.</summary>
    TrustedDevice,
}
