namespace Bitwarden.Core.Ssh;

/// <summary>The kinds of SSH keys that items hold.</summary>
public enum SshKeyType
{
    /// <summary>Ed25519 (RFC 8709).</summary>
    Ed25519,

    /// <summary>RSA (RFC 4253, section 6.6).</summary>
    Rsa,
}
