namespace Bitwarden.Core.Api.Wire;

/// <summary>Answer of <c>POST accounts/prelogin</c>.</summary>
internal sealed record PreloginResponse
{
    public int? Kdf { get; init; }

    public int? KdfIterations { get; init; }

    public int? KdfMemory { get; init; }

    public int? KdfParallelism { get; init; }

    public KdfRecord? KdfSettings { get; init; }

    public string? Salt { get; init; }
}

/// <summary>Body of <c>POST accounts/prelogin</c>.</summary>
internal sealed record PreloginRequest(string Email);
