using System.Text.Json.Nodes;
using Bitwarden.Core.Crypto;

namespace Bitwarden.TestServer.Identity;

/// <summary>
/// Success answers of /connect/token with their mixed casing (protocol 1.5 and 3.2): OAuth members in snake_case, ours in
/// PascalCase, the inside of AccountKeys in camelCase; nulls are kept at the top and dropped below.
/// </summary>
internal sealed class TokenAnswer(ServerContext server, TestAccount account, GrantedAccess access)
{
    internal JsonObject Tokens(string? refreshToken = null)
    {
        JsonObject answer = new()
        {
            ["access_token"] = server.Tokens.IssueAccess(account, access),
            ["expires_in"] = (long)server.Tokens.Lifetime.TotalSeconds,
            ["token_type"] = "Bearer",
            ["scope"] = access.Scope,
        };
        if (refreshToken is not null)
        {
            answer["refresh_token"] = refreshToken;
        }

        return answer;
    }

    internal JsonObject Full(string? refreshToken = null, string? rememberToken = null)
    {
        JsonObject answer = Tokens(refreshToken);
        KdfSettings kdf = account.Kdf;
        answer["PrivateKey"] = account.Keys.WrappedPrivateKey;
        if (account.Keys.WrappedUserKey is string key)
        {
            answer["Key"] = key;
        }

        answer["MasterPasswordPolicy"] = new JsonObject { ["Object"] = "masterPasswordPolicy" };
        answer["ForcePasswordReset"] = false;
        answer["Kdf"] = (int)kdf.Type;
        answer["KdfIterations"] = kdf.Iterations;
        answer["KdfMemory"] = kdf.MemoryMib;
        answer["KdfParallelism"] = kdf.Parallelism;
        if (!server.Options.PascalCaseApi)
        {
            answer["AccountKeys"] = AccountKeys();
            answer["UserDecryptionOptions"] = DecryptionOptions(kdf);
        }
        else
        {
            answer["ResetMasterPassword"] = false;
        }

        if (rememberToken is not null)
        {
            answer["TwoFactorToken"] = rememberToken;
        }

        return answer;
    }

    private JsonObject AccountKeys() => new()
    {
        ["publicKeyEncryptionKeyPair"] = new JsonObject
        {
            ["wrappedPrivateKey"] = account.Keys.WrappedPrivateKey,
            ["publicKey"] = account.Keys.PublicKey,
            ["Object"] = "publicKeyEncryptionKeyPair",
        },
        ["Object"] = "privateKeys",
    };

    private JsonObject DecryptionOptions(KdfSettings kdf)
    {
        JsonObject options = new() { ["HasMasterPassword"] = account.HasMasterPassword };
        if (account.HasMasterPassword)
        {
            options["MasterPasswordUnlock"] = new JsonObject
            {
                ["Kdf"] = DescribeKdf(kdf),
                ["MasterKeyEncryptedUserKey"] = account.Keys.WrappedUserKey,
                ["Salt"] = account.Email,
            };
        }

        options["Object"] = "userDecryptionOptions";
        return options;
    }

    private static JsonObject DescribeKdf(KdfSettings kdf)
    {
        JsonObject described = new() { ["KdfType"] = (int)kdf.Type, ["Iterations"] = kdf.Iterations };
        if (kdf.Type == KdfType.Argon2id)
        {
            described["Memory"] = kdf.MemoryMib;
            described["Parallelism"] = kdf.Parallelism;
        }

        return described;
    }
}
