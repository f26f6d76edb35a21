namespace Bitwarden.Module.Tests;

/// <summary>A folder that goes away.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("bw-module-tests-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
