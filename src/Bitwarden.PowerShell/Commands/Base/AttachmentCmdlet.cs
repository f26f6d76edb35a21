using System.Management.Automation;
using System.Security;
using Bitwarden.Core.Errors;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.PowerShell.Binding;

namespace Bitwarden.PowerShell.Commands.Base;

/// <summary>A cmdlet that works on files that items have.</summary>
public abstract class AttachmentCmdlet : RepromptCmdlet
{
    /// <summary>The items that have the files: names, unique or not, or ids.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ItemName(TakesItems = true, IsList = true)]
    [ArgumentCompleter(typeof(ItemNameCompleter))]
    [NotBlank]
    public string[]? Item { get; set; }

    /// <summary>The names of files that are meant, with wildcards; null for all.</summary>
    private protected abstract IReadOnlyList<string>? FileNames { get; }

    /// <summary>Does the work for one file.</summary>
    private protected abstract void Work(BitwardenSession session, VaultItem item, ItemAttachment file);

    /// <inheritdoc/>
    protected override void Process()
    {
        BitwardenSession session = RequireSession();
        foreach (string name in Item!)
        {
            ForOne(name, () =>
            {
                VaultItem item = session.GetVault().Find(name);
                foreach (ItemAttachment file in Choose(item))
                {
                    ForOne(item, () => Work(session, item, file));
                }
            });
        }
    }

    private protected void EnsureReprompt(BitwardenSession session, VaultItem item) => Gate(this).Ensure(session, item, Host);

    private List<ItemAttachment> Choose(VaultItem item)
    {
        item.EnsureReadable();
        if (FileNames is null)
        {
            return [.. item.Attachments];
        }

        List<ItemAttachment> chosen = [];
        foreach (string name in FileNames)
        {
            ItemAttachment[] found = Find(item, name);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteFailure(ItemLookupException.NoSuchValue(item.UniqueName, $"attachment:{name}", [.. item.Attachments.Select(file => file.FileName)]), item);
            }

            chosen.AddRange(found.Except(chosen));
        }

        return chosen;
    }

    // A name that looks like a pattern is found by itself too.
    private static ItemAttachment[] Find(VaultItem item, string name)
    {
        ItemAttachment[] exact = [.. item.Attachments.Where(file => file.Id == name || file.FileName.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (exact.Length > 0)
        {
            return exact;
        }

        NamePattern pattern = new(name);
        return [.. item.Attachments.Where(file => pattern.IsMatch(file.FileName))];
    }
}
