using System.Text;
using Xunit;

namespace Bitwarden.Interop.Tests;

/// <summary>What the official client said to a command.</summary>
internal sealed class OfficialAnswer(IReadOnlyList<string> command, ProcessResult result)
{
    /// <summary>Whether it reported success.</summary>
    internal bool IsSuccess => result.ExitCode == 0;

    /// <summary>What it printed.</summary>
    internal byte[] Success()
    {
        Assert.True(IsSuccess, $"bw {string.Join(' ', command)} ended with {result.ExitCode}: {Text}");
        return result.Output;
    }

    /// <summary>Why it refused.</summary>
    internal string Refusal()
    {
        Assert.False(IsSuccess, $"bw {string.Join(' ', command)} succeeded.");
        return Text;
    }

    private string Text => $"{Encoding.UTF8.GetString(result.Output)} {result.Errors}";
}
