using System.Management.Automation;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using Bitwarden.Core.Crypto;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;
using Bitwarden.PowerShell.Commands.Base;
using Bitwarden.PowerShell.Formatting;

namespace Bitwarden.PowerShell.Commands;

/// <summary>Gets the files of items: as bytes, on the disk, or as certificates.</summary>
[Cmdlet(VerbsCommon.Get, "BwAttachment", DefaultParameterSetName = FileSet)]
[OutputType(typeof(byte[]), typeof(FileInfo), typeof(X509Certificate2))]
public sealed class GetBwAttachmentCommand : AttachmentCmdlet
{
    private const string FileSet = "File";
    private const string CertificateSet = "Certificate";
    private const string CertificatePasswordSet = "CertificatePassword";
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Which files of the item; all without it.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(AttachmentNameCompleter))]
    [SupportsWildcards]
    [NotBlank]
    public string[]? Name { get; set; }

    /// <summary>The file to write, or a folder that is there.</summary>
    [Parameter(ParameterSetName = FileSet)]
    [NotBlank]
    public string? OutFile { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Opens a PFX file and writes the certificate, with its private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificatePasswordSet)]
    public SwitchParameter AsCertificate { get; set; }

    /// <summary>The field of the item that holds the certificate's password, instead of the item's own password.</summary>
    [Parameter(ParameterSetName = CertificateSet)]
    [ArgumentCompleter(typeof(FieldNameCompleter))]
    [NotBlank]
    public string? PasswordField { get; set; }

    /// <summary>The certificate's password.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificatePasswordSet)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    [SecureInput(AllowsEmpty = true, TakesEmptyText = true)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <inheritdoc/>
    private protected override IReadOnlyList<string>? FileNames => Name;

    /// <inheritdoc/>
    private protected override void Work(BitwardenSession session, VaultItem item, ItemAttachment file)
    {
        EnsureReprompt(session, item);
        if (AsCertificate)
        {
            using SecretBytes? password = PasswordOf(session, item);
            WriteObject(Await(token => session.GetFiles().ReadCertificateAsync(item, file, password, token)));
        }
        else if (OutFile is null)
        {
            using SecretBytes content = Await(token => session.GetFiles().ReadAsync(item, file, token));
            WriteObject(content.Span.ToArray(), enumerateCollection: false);
        }
        else
        {
            Save(session, item, file);
        }
    }

    // Null for an item without a password: there are certificates that need none.
    private SecretBytes? PasswordOf(BitwardenSession session, VaultItem item)
    {
        if (Password is not null)
        {
            return SecretBytes.FromSecureString(Password);
        }

        return PasswordField is null
            ? item.Password?.Decrypt()
            : AwaitHere(token => session.ReadSecretAsync(ResolvedReference.To(item, $"field:{PasswordField}"), token)).Value;
    }

    private void Save(BitwardenSession session, VaultItem item, ItemAttachment file)
    {
        string path = PathFor(file);
        if (_written.Contains(path))
        {
            throw LocalFileException.Exists(path);
        }

        Await(token => session.GetFiles().SaveAsync(item, file, path, Force, token));
        _written.Add(path);
        WriteObject(new FileInfo(path));
    }

    private string PathFor(ItemAttachment file)
    {
        string path = LocalPath.Resolve(this, OutFile!);
        return Directory.Exists(path) ? Path.Combine(path, SafeFileName.Of(file.FileName)) : path;
    }
}
