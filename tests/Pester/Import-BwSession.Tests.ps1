BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'Import-BwSession' {
    BeforeAll {
        $session = Connect-TestAccount $server -Unlock
        $token = Export-BwSession
        $text = Export-BwSession -AsPlainText
    }

    It 'makes the session current' {
        $imported = Import-BwSession $token
        Get-BwSession -Current | Should -Be $imported
        $imported.State | Should -Be 'Unlocked'
    }

    It 'takes the text from the pipeline' {
        ($text | Import-BwSession).Account | Should -Be 'pbkdf2@example.org'
    }

    It 'fails with InvalidSessionToken for <Case>, without repeating it' -TestCases @(
        @{ Case = 'other text'; Change = { 'no-such-token-4711' } }
        @{ Case = 'half of it'; Change = { $text.Substring(0, $text.Length / 2) } }
    ) {
        $wrong = & $Change
        $failure = try { Import-BwSession (ConvertTo-TestSecret $wrong) } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'InvalidSessionToken,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
        $failure.Exception.ToString().Contains($wrong) | Should -BeFalse
    }
}

Describe 'Import-BwSession of a sealed text' {
    BeforeAll {
        $null = Connect-TestAccount $server weak@example.org -Unlock
        $open = Export-BwSession -AsPlainText
        $key = ConvertTo-TestSecret 'a key that travels another way'
        $short = Export-BwSession -Key $key -ValidFor 0:00:00.001 -AsPlainText
        Disconnect-BwSession -All
        Clear-ServerRequest $server
    }

    It 'fails with SessionTextExpired after its time' {
        { Import-BwSession $short -Key $key } | Should -Throw -ErrorId 'SessionTextExpired,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
    }

    It 'fails with SessionNotSealed for one that is not sealed' {
        { Import-BwSession $open -Key $key } | Should -Throw -ErrorId 'SessionNotSealed,Bitwarden.PowerShell.Commands.ImportBwSessionCommand'
    }

    It 'refuses text for -Key without repeating it' {
        $failure = try { Import-BwSession $open -Key 'text-4711' } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$failure $($failure.Exception)".Contains('text-4711') | Should -BeFalse
    }

    It 'sent nothing' {
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'Import-BwSession with an API key in the environment' {
    BeforeAll {
        # Both servers have the same accounts with the same GUIDs, as somebody who forges a text would arrange it.
        $theirs = Start-TestServer
        $account = Get-TestAccount $server weak@example.org
        $null = Connect-TestAccount $theirs weak@example.org -Unlock
        $text = Export-BwSession -AsPlainText
        Disconnect-BwSession -All
    }

    BeforeEach {
        $env:BW_CLIENTID = $account.clientId
        $env:BW_CLIENTSECRET = $account.clientSecret
        Clear-ServerRequest $theirs
    }

    AfterEach {
        Clear-BwEnvironment
        Disconnect-BwSession -All
    }

    AfterAll {
        Stop-TestServer $theirs
    }

    It 'does not send it to the server of the text when the caller means <Case>' -TestCases @(
        @{ Case = 'another server, by -Server'; Given = { @{ Server = $server.Url } }; Variable = $null }
        @{ Case = 'another server, by BW_SERVER'; Given = { @{} }; Variable = { $server.Url } }
        @{ Case = 'the vendor'; Given = { @{} }; Variable = $null }
        @{ Case = 'another identity address'; Variable = $null
            Given = { @{ Server = $theirs.Url; IdentityUrl = "$($server.Url)/identity"; ApiUrl = "$($theirs.Url)/api" } }
        }
    ) {
        if ($Variable) { $env:BW_SERVER = & $Variable }
        $arguments = & $Given
        $session = Import-BwSession $text @arguments -WarningVariable warnings -WarningAction SilentlyContinue
        $session.Server.Name | Should -Be $theirs.Url
        "$warnings" | Should -BeLike "*BW_CLIENTSECRET is not used*$($theirs.Url)*"
        $null = Invoke-TestServer $theirs POST '/accounts/weak@example.org/revoke-tokens'
        { Sync-BwVault -Force } | Should -Throw -ErrorId 'SessionExpired,*'
        Get-TokenRequest $theirs | Should -BeNullOrEmpty
        $null = Connect-TestAccount $theirs weak@example.org -Unlock
        Set-Variable text (Export-BwSession -AsPlainText) -Scope 1
    }

    It 'sends it there when <Case> names that server' -TestCases @(
        @{ Case = '-Server'; Given = { @{ Server = $theirs.Url } }; Variable = $null }
        @{ Case = 'BW_SERVER'; Given = { @{} }; Variable = { "$($theirs.Url)/" } }
        @{ Case = 'both addresses'; Given = { @{ IdentityUrl = "$($theirs.Url)/identity"; ApiUrl = "$($theirs.Url)/api" } }; Variable = $null }
    ) {
        if ($Variable) { $env:BW_SERVER = & $Variable }
        $env:BW_CLIENTSECRET = (Get-TestAccount $theirs weak@example.org).clientSecret
        $null = Connect-TestAccount $theirs weak@example.org -Unlock
        $own = Export-BwSession -AsPlainText
        $arguments = & $Given
        $null = Import-BwSession $own @arguments -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $null = Invoke-TestServer $theirs POST '/accounts/weak@example.org/revoke-tokens'
        Clear-ServerRequest $theirs
        Sync-BwVault -Force
        @(Get-TokenRequest $theirs).Count | Should -Be 1
    }
}

Describe 'Import-BwSession -FromOfficialClient' {
    BeforeAll {
        function Protect-ByteArray([byte[]] $Key, [byte[]] $Bytes) {
            $aes = [Security.Cryptography.Aes]::Create()
            $aes.Key = $Key[0..31]
            $data = $aes.EncryptCbc($Bytes, $aes.IV, 'PKCS7')
            $mac = [Security.Cryptography.HMACSHA256]::HashData([byte[]] $Key[32..63], [byte[]] ($aes.IV + $data))
            @{ Iv = $aes.IV; Data = $data; Mac = $mac }
        }

        function Protect-Text([byte[]] $Key, [string] $Text) {
            $parts = Protect-ByteArray $Key ([Text.Encoding]::UTF8.GetBytes($Text))
            '2.' + (($parts.Iv, $parts.Data, $parts.Mac | ForEach-Object { [Convert]::ToBase64String($_) }) -join '|')
        }

        # What the official client 2026.9.0 stores for an account with one item, as far as it is read.
        function Write-DataFile([string] $Folder, [byte[]] $UserKey, [byte[]] $Key, [hashtable] $Change = @{}) {
            $user = '0fdff322-665c-42fa-9319-084646d81dc7'
            $item = 'b98e4de2-807e-89f8-8972-9e0dd0838300'
            $entry = Protect-ByteArray $Key $UserKey
            $data = @{
                stateVersion                         = 85
                global_account_activeAccountId       = $user
                global_account_accounts              = @{ $user = @{ email = 'ada@example.org'; name = 'Ada' } }
                "user_${user}_environment_environment" = @{ region = 'EU'; urls = $null }
                "user_${user}_sync_lastSync"         = '2026-09-30T12:34:56.789Z'
                "user_${user}_ciphers_ciphers"       = @{
                    $item = @{
                        id = $item; type = 1; viewPassword = $true; name = Protect-Text $UserKey 'prod-sql'
                        login = @{ username = Protect-Text $UserKey 'sql_admin'; password = Protect-Text $UserKey 'Sql-Pr0d!' }
                        attachments = @(@{ id = '1'; fileName = Protect-Text $UserKey 'cert.pfx'; size = '3'; url = 'https://example.org/1' })
                    }
                }
                "__PROTECTED__${user}_user_auto"     = [Convert]::ToBase64String([byte[]] (, 2 + $entry.Iv + $entry.Mac + $entry.Data))
            }
            foreach ($name in $Change.Keys) { $data[$name.Replace('USER', $user)] = $Change[$name] }
            ConvertTo-Json $data -Depth 6 | Set-Content (Join-Path $Folder data.json)
        }

        $userKey = [Security.Cryptography.RandomNumberGenerator]::GetBytes(64)
        $key = [Security.Cryptography.RandomNumberGenerator]::GetBytes(64)
        $keyText = [Convert]::ToBase64String($key)
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'Bitwarden CLI')).FullName
        $file = Join-Path $folder data.json
    }

    BeforeEach {
        Disconnect-BwSession -All
        Write-DataFile $folder $userKey $key
        $env:BW_SESSION = $keyText
    }

    AfterEach {
        Remove-Item Env:BW_SESSION, Env:BITWARDENCLI_APPDATA_DIR -ErrorAction Ignore
        Disconnect-BwSession -All
    }

    It 'makes an unlocked session current, as old as the last sync of the client' {
        $imported = Import-BwSession -FromOfficialClient -Path $file
        Get-BwSession -Current | Should -Be $imported
        $imported.State | Should -Be 'Unlocked'
        $imported.Account | Should -Be 'ada@example.org'
        $imported.Server.Name | Should -Be 'EU'
        $imported.LastSync | Should -Be ([DateTimeOffset] '2026-09-30T12:34:56.789Z')
        Get-BwSecret prod-sql -AsPlainText | Should -BeExactly 'Sql-Pr0d!'
        (Get-BwItem prod-sql).Username | Should -Be 'sql_admin'
    }

    It 'takes the folder, and without -Path looks where the client would' {
        (Import-BwSession -FromOfficialClient -Path $folder).State | Should -Be 'Unlocked'
        Disconnect-BwSession -All
        $env:BITWARDENCLI_APPDATA_DIR = $folder
        (Import-BwSession -FromOfficialClient).State | Should -Be 'Unlocked'
    }

    It 'takes -SessionKey instead of BW_SESSION' {
        $env:BW_SESSION = 'no such key'
        (Import-BwSession -FromOfficialClient -Path $file -SessionKey (ConvertTo-TestSecret $keyText)).State | Should -Be 'Unlocked'
    }

    It 'refuses text for -SessionKey without repeating it' {
        $failure = try { Import-BwSession -FromOfficialClient -Path $file -SessionKey $keyText } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        "$failure $($failure.Exception)".Contains($keyText) | Should -BeFalse
    }

    It 'changes nothing of the client, nor do Lock-BwVault and Disconnect-BwSession' {
        $before = (Get-FileHash $file).Hash, (Get-Item $file).LastWriteTimeUtc.Ticks
        $null = Import-BwSession -FromOfficialClient -Path $file
        Lock-BwVault
        Disconnect-BwSession
        (Get-FileHash $file).Hash, (Get-Item $file).LastWriteTimeUtc.Ticks | Should -Be $before
        (Get-ChildItem $folder -Force).Name | Should -Be 'data.json'
    }

    It '<Name> fails with OfficialClientOffline' -TestCases @(
        @{ Name = 'Sync-BwVault'; Class = 'SyncBwVaultCommand'; Command = { Sync-BwVault -ErrorAction Stop } }
        @{ Name = 'Get-BwSecret for a file'; Class = 'GetBwSecretCommand'; Command = { Get-BwSecret prod-sql#attachment:cert.pfx -ErrorAction Stop } }
        @{ Name = 'Export-BwSession'; Class = 'ExportBwSessionCommand'; Command = { Export-BwSession -ErrorAction Stop } }
    ) {
        $null = Import-BwSession -FromOfficialClient -Path $file
        $failure = try { & $Command } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be "OfficialClientOffline,Bitwarden.PowerShell.Commands.$Class"
        $failure.CategoryInfo.Category | Should -Be 'InvalidOperation'
        $failure.Exception.Message | Should -BeLike '*bw sync*'
        (Get-BwSession -Current).State | Should -Be 'Unlocked'
    }

    It '<Case> fails with <Id>' -TestCases @(
        @{ Case = 'no file'; Id = 'OfficialClientNotFound'; Category = 'ObjectNotFound'; Do = { Remove-Item $file } }
        @{ Case = 'nobody logged in'; Id = 'OfficialClientNotLoggedIn'; Category = 'AuthenticationError'; Do = { Set-Content $file '{ "stateVersion": 85 }' } }
        @{ Case = 'no session key'; Id = 'OfficialClientLocked'; Category = 'AuthenticationError'; Do = { Remove-Item Env:BW_SESSION } }
        @{ Case = 'half a session key'; Id = 'OfficialClientLocked'; Category = 'AuthenticationError'; Do = { $env:BW_SESSION = $keyText.Substring(44) } }
        @{ Case = 'an old session key'; Id = 'OfficialClientLocked'; Category = 'AuthenticationError'; Do = { Write-DataFile $folder $userKey $userKey } }
        @{
            Case = 'a locked client'; Id = 'OfficialClientLocked'; Category = 'AuthenticationError'
            Do   = { Write-DataFile $folder $userKey $key @{ '__PROTECTED__USER_user_auto' = $null } }
        }
        @{
            Case = 'another layout'; Id = 'OfficialClientUnknownLayout'; Category = 'NotImplemented'
            Do   = { Write-DataFile $folder $userKey $key @{ 'user_USER_ciphers_ciphers' = $null } }
        }
        @{ Case = 'half a file'; Id = 'OfficialClientUnreadable'; Category = 'ReadError'; Do = { Set-Content $file '{ "stateVersion": ' } }
    ) {
        . $Do
        $failure = try { Import-BwSession -FromOfficialClient -Path $file } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,Bitwarden.PowerShell.Commands.ImportBwSessionCommand"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.Exception.ToString().Contains($keyText.Substring(44)) | Should -BeFalse
        Get-BwSession -Current -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'cannot be mixed with a token' {
        { Import-BwSession -Token (ConvertTo-TestSecret x) -FromOfficialClient } | Should -Throw -ErrorId 'AmbiguousParameterSet,*'
    }
}
