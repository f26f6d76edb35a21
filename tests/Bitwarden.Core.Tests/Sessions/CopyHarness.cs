using Bitwarden.Core.Api;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Tests.Scripted;

namespace Bitwarden.Core.Tests.Sessions;

/// <summary>A scripted account, and a folder for copies of its vault.</summary>
internal sealed class CopyHarness : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bw-copy-");
    private readonly List<BitwardenSession> _sessions = [];

    internal CopyHarness()
    {
        Server.Vault.AddLogin("kept", "ada", "p@ss");
        Path = In("vault.copy");
    }

    internal ScriptedServer Server { get; } = new();

    internal ManualTimeProvider Time { get; } = new();

    internal string Folder => _folder.FullName;

    internal string Path { get; }

    internal ConnectionOptions Connection => new() { MessageHandler = Server, TimeProvider = Time };

    internal static string KnownCopy => File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "Vectors", "vault-copy-1.txt"));

    internal string In(string name) => System.IO.Path.Combine(Folder, name);

    internal async Task<BitwardenSession> UnlockedAsync(SessionOptions? options = null)
    {
        BitwardenSession session = await Server.ConnectUnlockedAsync(Time, options);
        _sessions.Add(session);
        return session;
    }

    internal async Task<BitwardenSession> SaveAsync()
    {
        BitwardenSession session = await UnlockedAsync();
        await session.SaveAsync(Path);
        return session;
    }

    internal BitwardenSession Open(VaultCopyLimits? limits = null)
    {
        BitwardenSession session = VaultCopy.Open(Path, limits ?? new VaultCopyLimits(), Connection, new SessionOptions());
        _sessions.Add(session);
        return session;
    }

    internal async Task<BitwardenSession> OpenUnlockedAsync()
    {
        BitwardenSession session = Open();
        await ScriptedServer.UnlockAsync(session);
        return session;
    }

    internal void Write(byte[] content) => File.WriteAllBytes(Path, content);

    public void Dispose()
    {
        _sessions.ForEach(session => session.Dispose());
        Server.Dispose();
        _folder.Delete(recursive: true);
    }
}
