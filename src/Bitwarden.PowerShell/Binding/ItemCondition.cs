using Bitwarden.Core.Vault;

namespace Bitwarden.PowerShell.Binding;

/// <summary>One thing that a user asks of items.</summary>
/// <param name="Holds">Whether an item has it.</param>
/// <param name="Otherwise">What is to be said of one that has not: "it is in no folder".</param>
internal sealed record ItemCondition(Func<VaultItem, bool> Holds, Func<VaultItem, string> Otherwise);
