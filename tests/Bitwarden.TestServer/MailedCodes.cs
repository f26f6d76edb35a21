using System.Security.Cryptography;

namespace Bitwarden.TestServer;

/// <summary>Codes that a server mails. The newest is good once; nothing is mailed, the account shows them.</summary>
internal sealed class MailedCodes
{
    private const int Length = 6;
    private readonly object _gate = new();
    private readonly List<string> _sent = [];
    private string? _good;

    /// <summary>Mailed instead of a random code.</summary>
    internal string? Fixed { get; set; }

    internal IReadOnlyList<string> Sent
    {
        get
        {
            lock (_gate)
            {
                return [.. _sent];
            }
        }
    }

    internal void Send()
    {
        lock (_gate)
        {
            _good = Fixed ?? RandomNumberGenerator.GetString("0123456789", Length);
            _sent.Add(_good);
        }
    }

    internal bool Accept(string code)
    {
        lock (_gate)
        {
            bool isGood = code == _good;
            _good = isGood ? null : _good;
            return isGood;
        }
    }
}
