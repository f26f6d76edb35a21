namespace Bitwarden.TestServer.Vault;

/// <summary>The longest encrypted text that the official server stores in a member; 1000 where this is absent.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EncryptedLengthAttribute(int maximum) : Attribute
{
    /// <summary>In characters of the encrypted text.</summary>
    public int Maximum { get; } = maximum;
}
