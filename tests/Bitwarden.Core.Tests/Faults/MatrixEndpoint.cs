using Bitwarden.Core.Sessions;

namespace Bitwarden.Core.Tests.Faults;

/// <summary>A call of the engine that asks one endpoint, as a row of the fault matrix.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Path">The path that is broken.</param>
/// <param name="PrepareAsync">What happens before, with everything in order.</param>
/// <param name="ActAsync">What happens with the fault.</param>
/// <param name="IsRepeated">Whether the call may be asked for again by itself.</param>
internal sealed record MatrixEndpoint(
    string Name, Func<MatrixCell, string> Path, Func<MatrixCell, Task> PrepareAsync, Func<MatrixCell, CancellationToken, Task> ActAsync, bool IsRepeated = true)
{
    /// <summary>Whether success is all that the call wants to know: what the body of a success is, is never read.</summary>
    internal bool IgnoresBody { get; private init; }

    /// <summary>Whether the call changes something, so that a lost answer leaves open whether it did.</summary>
    internal bool Writes { get; private init; }

    private const string Token = "connect/token";

    /// <summary>Every endpoint that the engine asks.</summary>
    internal static MatrixEndpoint[] All { get; } =
    [
        new("connect/token, API key", _ => Token, _ => Task.CompletedTask, (cell, cancel) => cell.ConnectAsync(cancel), IsRepeated: false),
        new(
            "connect/token, password", _ => Token,
            cell => cell.BeginLoginAsync(default), (cell, cancel) => cell.Login!.SubmitAsync(new SessionOptions(), cancel), IsRepeated: false),
        new(
            "connect/token, renewal", _ => Token,
            cell => cell.ConnectBrieflyAsync(), (cell, cancel) => cell.Session!.SyncAsync(force: true, cancel), IsRepeated: false),
        new("accounts/prelogin", _ => "accounts/prelogin", _ => Task.CompletedTask, (cell, cancel) => cell.BeginLoginAsync(cancel)),
        new("config", _ => "config", _ => Task.CompletedTask, (cell, cancel) => cell.ConnectAsync(cancel)),
        new("sync", _ => "sync", cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.Session!.SyncAsync(force: true, cancel)),
        new(
            "accounts/revision-date", _ => "accounts/revision-date",
            cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.Session!.SyncAsync(force: false, cancel)),
        new("ciphers/…/attachment", cell => cell.Raw.AttachmentPath, cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.ReadFileAsync(cancel)),
        new("the file itself", _ => Raw.RawSession.FilePath, cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.ReadFileAsync(cancel)),
        new(
            "accounts/api-key", _ => "accounts/api-key",
            cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.GetApiKeyAsync(rotate: false, cancel), IsRepeated: false),
        new(
            "accounts/rotate-api-key", _ => "accounts/rotate-api-key",
            cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.GetApiKeyAsync(rotate: true, cancel), IsRepeated: false),
        new(
            "two-factor/send-email-login", _ => "two-factor/send-email-login",
            cell => cell.BeginLoginAsync(default), (cell, cancel) => cell.Login!.SendEmailCodeAsync(cancel), IsRepeated: false) { IgnoresBody = true },
        new(
            "accounts/resend-new-device-otp", _ => "accounts/resend-new-device-otp",
            cell => cell.BeginLoginAsync(default), (cell, cancel) => cell.Login!.ResendNewDeviceCodeAsync(cancel), IsRepeated: false) { IgnoresBody = true },
        new(
            "user-keys of a Key Connector", _ => MatrixCell.ConnectorPath,
            cell => cell.ConnectAsync(default), (cell, cancel) => cell.AskConnectorAsync(cancel)),
        new("ciphers, a new item", _ => "ciphers", cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.CreateItemAsync(cancel), IsRepeated: false)
        {
            Writes = true,
        },
        new(
            "ciphers/…, a change", cell => cell.ItemPath,
            cell => cell.ConnectUnlockedAsync(), (cell, cancel) => cell.ChangeItemAsync(cancel), IsRepeated: false) { Writes = true },
    ];

    public override string ToString() => Name;
}
