namespace Bitwarden.Core.Reporting;

/// <summary>What the engine is doing while somebody waits.</summary>
public enum WorkStage
{
    /// <summary>Asks the server for access.</summary>
    LoggingIn,

    /// <summary>Derives the master key from the master password.</summary>
    DerivingKey,

    /// <summary>Receives the vault; counted in bytes.</summary>
    FetchingVault,

    /// <summary>Receives a file; counted in bytes.</summary>
    DownloadingFile,

    /// <summary>Sends a file; counted in bytes.</summary>
    UploadingFile,

    /// <summary>Checks the vault; counted in items.</summary>
    CheckingVault,

    /// <summary>Changes items; counted in items.</summary>
    WritingItems,
}
