using Bitwarden.Core.Crypto;
using Bitwarden.Core.Sessions;
using Bitwarden.Core.Vault;
using Bitwarden.Core.Vault.Editing;
using Xunit;

namespace Bitwarden.Core.Tests.Writing;

/// <summary>
/// After any writes the index is the one that a fresh look at the vault makes: the same items, the same unique names, the same readings of a text.
/// </summary>
public sealed class NamesAfterWritesTests
{
    private const int Writes = 250;
    private static readonly string[] s_words = ["a", "b", "A", "a/b", "a#b", "b (u)", "a (u)", "F/a", "F/a#b", "a#b (u)", "[x]", "a [b]"];
    private readonly Random _random = new(7);

    [Fact]
    public async Task IndexIsAsIfMadeAnew()
    {
        await using WritingHarness harness = await WritingHarness.StartAsync();
        BitwardenSession session = await harness.UnlockAsync();
        Guid folder = await session.GetWriter().Folders.CreateAsync("F");
        for (int i = 0; i < Writes; i++)
        {
            await WriteAsync(session, folder);
            if (i % 25 == 24)
            {
                Compare(session.GetVault());
            }
        }

        Assert.All(session.GetVault().Items, item => Assert.Same(item, session.GetVault().Find(item.UniqueName)));
    }

    private async Task WriteAsync(BitwardenSession session, Guid folder)
    {
        VaultWriter writer = session.GetWriter();
        VaultItem[] ours = [.. session.GetVault().Items.Where(item => s_words.Contains(item.Name))];
        VaultItem? one = ours.Length == 0 ? null : ours[_random.Next(ours.Length)];
        switch (_random.Next(6))
        {
            case 0 when one is not null:
                await writer.Places.TrashAsync([one]);
                break;
            case 1 when one is not null:
                await writer.Places.DeleteAsync([one]);
                break;
            case 2 when session.GetVault().Trash is { Count: > 0 } trash:
                await writer.Places.RestoreAsync([trash[_random.Next(trash.Count)]]);
                break;
            case 3 when one is not null:
                await writer.Places.MoveToFolderAsync([one], _random.Next(2) == 0 ? null : folder);
                break;
            default:
                using (ItemEdit edit = WritingHarness.Edit(s_words[_random.Next(s_words.Length)], ("username", _random.Next(2) == 0 ? "u" : null)))
                {
                    edit.MoveTo(_random.Next(2) == 0 ? null : folder);
                    await writer.Items.CreateAsync(ItemType.Login, edit);
                }

                break;
        }
    }

    private static void Compare(UnlockedVault vault)
    {
        using SecretBytes key = vault.Access.Keys.UserKey.CopyBytes();
        using KeyRing keys = vault.Snapshot.OpenKeys(new SymmetricKey(key.Span));
        UnlockedVault anew = new(vault.Snapshot, new VaultAccess(keys, "test"));
        Assert.Equal(Describe(anew.Items), Describe(vault.Items));
        Assert.Equal(Describe(anew.Trash), Describe(vault.Trash));
        foreach (string text in s_words)
        {
            Assert.Equal(anew.FindAll(text).Select(item => item.Id).Order(), vault.FindAll(text).Select(item => item.Id).Order());
        }
    }

    private static IEnumerable<string> Describe(IEnumerable<VaultItem> items) =>
        items.Select(item => $"{item.Id} {item.UniqueName}").Order(StringComparer.Ordinal);
}
