using System.Management.Automation;
using Bitwarden.Core.Sessions;

namespace Bitwarden.PowerShell.Binding;

/// <summary>Lets a session be named by e-mail, client id or session id, where that names exactly one.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if ((value as string ?? (value as Guid?)?.ToString()) is not string text)
        {
            return value!;
        }

        BitwardenSession[] matches = [.. SessionsOf(text)];
        return matches.Length == 1
            ? matches[0]
            : throw new ArgumentTransformationMetadataException(
                $"'{text}' names {(matches.Length == 0 ? "no session" : "several sessions")}. Get-BwSession -All lists the sessions; give one of its objects.");
    }

    private static IEnumerable<BitwardenSession> SessionsOf(string text) => SessionCompleter.Visible().Where(session =>
        session.Account.Equals(text, StringComparison.OrdinalIgnoreCase)
        || text.Equals(session.ClientId, StringComparison.OrdinalIgnoreCase)
        || session.Id.ToString().Equals(text, StringComparison.OrdinalIgnoreCase));
}
