BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    $server = Start-TestServer
    $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/broken-item'
    $before = Get-TestAccount $server
    $other = Get-TestAccount $server argon2@example.org

    # Every cmdlet in every way to succeed and to fail, with all streams, in a process that keeps a transcript.
    $run = Invoke-FreshPwsh -Server $server -Seconds 240 -Environment @{ BW_PASSWORD = 'correct horse battery staple 1' } {
        $account = Get-TestAccount $server
        $secret = ConvertTo-TestSecret $account.clientSecret
        $password = Get-MasterPassword
        $argon = Get-TestAccount $server argon2@example.org
        $argonPassword = Get-MasterPassword argon2@example.org
        $null = Connect-TestAccount $server argon2@example.org -Unlock
        $exported = Export-BwSession -AsPlainText
        Disconnect-BwSession
        $written = ConvertTo-TestSecret 'Wr1tten-secret'
        $text = 'Wr1tten-text'
        $login = @{ Username = 'leaky'; Password = $written; Totp = $written; Notes = $text; Field = @{ k = $written; t = $text } }
        $attachment = 'with attachment#attachment:cert.pfx'
        $keyFile = Join-Path $HOME id_leak
        [IO.File]::WriteAllText($keyFile, "-----BEGIN PRIVATE KEY-----`n$text`n-----END PRIVATE KEY-----`n")
        $transcript = Join-Path $HOME transcript.txt
        # Stand-ins for the desktop's programs: the clipboard's keeps nothing, the browser's opens nothing.
        foreach ($program in 'xclip', 'xdg-open', 'pbcopy', 'pbpaste', 'open') {
            [IO.File]::WriteAllText("$HOME/$program", "#!/bin/sh`ncat > /dev/null`n")
            if (-not $IsWindows) { chmod +x "$HOME/$program" }
        }
        $env:WAYLAND_DISPLAY = ''
        $path = $env:PATH = "$HOME$([IO.Path]::PathSeparator)$env:PATH"
        $null = Start-Transcript $transcript
        $steps = @(
            { Connect-BwApiKey http://192.0.2.1 -ClientId $account.clientId -ClientSecret $secret @loud }
            { Connect-BwApiKey http://127.0.0.1:1 -ClientId $account.clientId -ClientSecret $secret @loud }
            { Connect-BwApiKey $server.HttpsUrl -ClientId $account.clientId -ClientSecret $secret @loud }
            { Connect-BwApiKey $server.Url -ClientId organization.x -ClientSecret $secret @loud }
            { Connect-BwApiKey $server.Url -ClientId $account.clientSecret -ClientSecret $secret @loud }
            { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $password @loud }
            { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $account.clientSecret @loud }
            { Add-Fault $server /identity/connect/token Html; Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Add-Fault $server /identity/connect/token TruncatedJson; Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Add-Fault $server /identity/connect/token ServerError; Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Add-Fault $server /identity/connect/token TooManyRequests; Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Add-Fault $server /identity/connect/token BrokenConnection; Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Test-BwConnection $server.Url @loud }
            { Test-BwConnection $server.HttpsUrl @loud }
            { Connect-BwAccount $server.Url -Email argon2@example.org -MasterPassword $password @loud }
            { Connect-BwAccount $server.Url -Email argon2@example.org -MasterPassword $argon.masterPassword @loud }
            { Connect-BwAccount $server.Url -Email argon2@example.org -MasterPassword $argonPassword @loud }
            { Get-BwAccount @loud }
            { Get-BwApiKey $password @loud }
            { Get-BwApiKey $argonPassword @loud | Format-List -Property * }
            { Export-BwSession @loud }
            { Export-BwSession -Key $argonPassword @loud }
            { Export-BwSession -Key $argon.masterPassword @loud }
            { Export-BwSession -Key (ConvertTo-TestSecret short) @loud }
            { Export-BwSession -KeyEnvironmentVariable BW_NONE @loud }
            { $script:sealed = Export-BwSession -KeyEnvironmentVariable BW_PASSWORD -AsPlainText; Import-BwSession $sealed -Key $secret @loud }
            { Import-BwSession $sealed @loud }
            { Import-BwSession $sealed -KeyEnvironmentVariable BW_PASSWORD @loud }
            { Import-BwSession $exported -Key $argonPassword @loud }
            { Import-BwSession $exported.Substring(0, 60) @loud }
            { Import-BwSession $exported @loud }
            { Reset-BwApiKey $argonPassword -Confirm:$false @loud }
            { Disconnect-BwSession -All @loud }
            { Connect-BwApiKey $server.Url -Credential ([pscredential]::new($account.clientId, $secret)) @loud }
            { Get-BwApiKeyChallenge @loud }
            { Get-BwApiKeyChallenge -ClientSecret $secret @loud }
            { Get-BwItem @loud }
            { Unlock-BwVault (ConvertTo-TestSecret $account.clientSecret) @loud }
            { Unlock-BwVault $account.masterPassword @loud }
            { Unlock-BwVault -MasterPassword $env:BW_PASSWORD @loud }
            { Get-BwApiKeyChallenge -ClientSecret $account.clientSecret @loud }
            { Add-Fault $server /api/sync TruncatedJson; Unlock-BwVault $password @loud }
            { Add-Fault $server /api/sync Html; Unlock-BwVault $password @loud }
            { Unlock-BwVault -PassThru @loud }
            { Get-BwSession @loud }
            { Get-BwItem @loud }
            { Get-BwItem -Trash @loud }
            { Get-BwItem no-such-item @loud }
            { Get-BwItem prod-sql @loud | Format-List -Property * }
            { Get-BwItem -Search 'drawer shelf' @loud }
            { Get-BwItem -Search '4111111111111111' @loud }
            { Get-BwItem -Uri https://web.example.org -HasTotp @loud }
            { Get-BwItem -Folder Wrok -Collection Wrok -Organization Wrok @loud }
            { Get-BwItem prod-sql -Archived @loud }
            { Get-BwFolder @loud }
            { Get-BwFolder Wrok @loud }
            { Get-BwCollection @loud | Format-List }
            { Get-BwOrganization @loud | Format-List -Property * }
            { Copy-BwSecret prod-sql -WhatIf @loud }
            { Copy-BwSecret prod-sql @loud }
            { Copy-BwSecret prod-sql#totp -ClearAfter 0 @loud }
            { Copy-BwSecret $attachment @loud }
            { Copy-BwSecret broken @loud }
            { $env:PATH = ''; Copy-BwSecret prod-sql @loud }
            { Open-BwItem prod-sql @loud }
            { $env:PATH = $path; Open-BwItem prod-sql -WhatIf @loud }
            { Open-BwItem prod-sql @loud }
            { Open-BwItem token-only @loud }
            { Get-BwSecret prod-sql @loud }
            { Get-BwSecret prod-sql -AsCredential @loud }
            { Get-BwSecret prod-sql#totp @loud }
            { Get-BwSecret prod-sql -Mask -NoMask @loud }
            { Set-BwPipelineVariable LEAK prod-sql @loud }
            { $env:GITHUB_ACTIONS = 'true'; Set-BwPipelineVariable LEAK prod-sql @loud }
            { $env:GITHUB_ENV = Join-Path $HOME env; Set-BwPipelineVariable LEAK prod-sql -WhatIf @loud }
            { Set-BwPipelineVariable 'LEAK=' prod-sql @loud }
            { Set-BwPipelineVariable LEAK -Value $text @loud }
            { $env:GITHUB_ACTIONS = ''; $env:GITLAB_CI = 'true'; Set-BwPipelineVariable LEAK prod-sql -Path (Join-Path $HOME leak.env) @loud }
            { Set-BwPipelineVariable LEAK prod-sql -Path (Join-Path $HOME leak.env) @loud; $env:GITLAB_CI = '' }
            { Get-BwReference prod-sql, prod-sqk @loud }
            { Get-BwItem prod-sql | Get-BwReference -Selector field:api-key -ById @loud }
            { Resolve-BwReference bw://Work/prod-sql @loud }
            { Resolve-BwReference bw://Work/prod-sql, bw://prod-sqk, $text, bw://broken @loud }
            { Use-BwSecret -Environment @{ LEAK = 'bw://Work/prod-sql' } { "$($env:LEAK.Length)" } @loud }
            { Use-BwSecret -Environment @{ LEAK = $text } { 'x' } @loud }
            { Use-BwSecret -Environment @{ LEAK = 'bw://Work/prod-sql'; LEAK2 = 'bw://prod-sqk' } { 'x' } @loud }
            { Use-BwSecret -Environment @{ LEAK = $written } { throw "$($env:LEAK.Length)" } @loud }
            { Use-BwSecret -MaskOutput -Environment @{ LEAK = 'bw://Work/prod-sql' } { $env:LEAK; sh -c 'echo "$LEAK"' } @loud }
            { Use-BwSecret -Variable @{ leak = 'bw://Work/prod-sql' } { $leak } @loud }
            { Use-BwSecret -Variable @{ true = 'bw://Work/prod-sql' } { $leak } @loud }
            { [IO.File]::WriteAllText("$HOME/leak.env", "LEAK=bw://Work/prod-sql`n$text"); Use-BwSecret -EnvFile "$HOME/leak.env" { 'x' } @loud }
            { Expand-BwTemplate -Text '{{ bw://Work/prod-sql }}' -OutFile "$HOME/leak.json" @loud }
            { Expand-BwTemplate -Text '{{ bw://Work/prod-sql }}' -OutFile "$HOME/leak.json" @loud }
            { Expand-BwTemplate -Text '{{ bw://Work/prod-sql }} {{ bw://prod-sqk }} {{ bw://broken }}' @loud }
            { Expand-BwTemplate -Text '# {{ bw://Work/prod-sql }}' -As Sh @loud }
            { Get-BwSecret prod-sql#nothing @loud }
            { Get-BwTotp prod-sql @loud }
            { Get-BwTotp recovery*, prod-web, prod-sql#username, prod-sqk @loud }
            { Get-BwSecret duplicate @loud }
            { Get-BwSecret org-hidden @loud }
            { Get-BwSecret broken @loud }
            { Get-BwSecret bw:// @loud }
            { Get-BwSecret prod-sqk @loud }
            { Get-BwItem prod-sql -Type Card @loud }
            { New-BwPassword 20 -Special @loud }
            { New-BwPassword 5 -MinimumDigits 9 @loud }
            { New-BwPassphrase @loud }
            { New-BwUserName -PlusAddress ada @loud }
            { Register-BwSecretVault leak -Account pbkdf2@example.org -Folder Work -ReadOnly -WhatIf @loud }
            { New-BwFolder 'leak folder' @loud }
            { New-BwFolder 'leak folder' @loud }
            { Set-BwFolder 'leak folder' 'leak folder 2' -PassThru @loud }
            { New-BwItem leak @login -WhatIf @loud }
            { New-BwItem leak @login -Reprompt @loud }
            { New-BwItem leak -Credential ([pscredential]::new('leaky', $written)) -Password $written @loud }
            { New-BwItem leak -Password $text @loud }
            { New-BwItem leak -Password (ConvertTo-TestSecret ($text * 1000)) @loud }
            { New-BwItem 'leak card' -Card -Number $written -Code $written @loud }
            { [pscustomobject]@{ Name = 'leak row'; Password = $text; Odd = $text } | New-BwItem @loud }
            { Get-BwItem prod-sql | New-BwItem @loud }
            { New-BwItem 'leak key' -SshKey -WhatIf @loud }
            { New-BwItem 'leak key' -SshKey -Reprompt @loud }
            { New-BwItem 'leak key' -SshKey -KeyFile $keyFile @loud }
            { New-BwItem 'leak key 2' -SshKey -KeyFile $keyFile -KeyPassphrase $written @loud }
            { New-BwItem 'leak key' -SshKey -KeyFile (Join-Path $HOME none) -KeyPassphrase $written @loud }
            { New-BwItem 'leak key' -SshKey -KeyFile $keyFile -PrivateKey $written @loud }
            { New-BwItem 'leak key 3' -SshKey -PrivateKey $written @loud }
            { Add-BwSshKey 'leak key' -MasterPassword $argonPassword @loud }
            { Add-BwSshKey 'leak key' -SkipReprompt -WhatIf @loud }
            { $env:SSH_AUTH_SOCK = Join-Path $HOME agent; Add-BwSshKey 'leak key' -SkipReprompt -Lifetime 9 @loud }
            { Add-BwSshKey 'leak key 3', 'deploy key' -KeyPassphrase $written @loud }
            { Remove-BwSshKey 'leak key' @loud }
            { Set-BwItem leak -Password $written -Notes $text -Field @{ t = $text } -WhatIf @loud }
            { Set-BwItem leak -Password $written @loud }
            { Set-BwItem leak -Password $written -MasterPassword $argonPassword @loud }
            { Set-BwItem leak -Password $written -Notes $text -Field @{ k = $null } -MasterPassword $password -PassThru @loud }
            { Set-BwItem leak -Iban $written -SkipReprompt @loud }
            { Add-Fault $server /api/ciphers ServerError; Set-BwItem leak -Username x -Password $written -SkipReprompt @loud }
            { Add-Fault $server /api/ciphers BrokenConnection; Set-BwItem leak -Username y -Notes $text -SkipReprompt @loud }
            { Add-Fault $server /api/ciphers Html; New-BwItem 'leak html' -Password $written @loud }
            { Get-BwSecret leak @loud }
            { Copy-BwItem leak 'leak copy' -WhatIf @loud }
            { Copy-BwItem leak 'leak copy' -SkipReprompt @loud }
            { Copy-BwItem org-hidden @loud }
            { Move-BwItem leak 'leak folder 2' -PassThru -WhatIf @loud }
            { Move-BwItem leak 'leak folder 2' -PassThru @loud }
            { Move-BwItem 'leak copy' -Collection Production -PassThru @loud }
            { Remove-BwItem leak -WhatIf @loud }
            { Remove-BwItem leak @loud }
            { Restore-BwItem leak -PassThru @loud }
            { Remove-BwItem leak -Permanent @loud }
            { Remove-BwItem leak -Permanent -Confirm:$false @loud }
            { Remove-BwFolder 'leak folder 2' @loud }
            { Test-BwVault @loud }
            { Test-BwVault -Quiet @loud }
            { (Test-BwVault @loud).Problems | Format-List -Property * }
            { Add-Fault $server /api/ciphers Html; Get-BwSecret $attachment @loud }
            { Add-Fault $server /attachments TruncatedJson; Get-BwSecret $attachment @loud }
            { Get-BwAttachment 'with attachment' x @loud }
            { Get-BwAttachment 'with attachment' -OutFile (Join-Path $HOME cert.pfx) @loud }
            { Get-BwAttachment 'with attachment' -OutFile (Join-Path $HOME cert.pfx) @loud }
            { Add-Fault $server /attachments TruncatedJson; Get-BwAttachment 'with attachment' -OutFile (Join-Path $HOME two.pfx) @loud }
            { Get-BwAttachment 'with attachment' -AsCertificate @loud }
            { Get-BwAttachment 'with attachment' -AsCertificate -Password $written @loud }
            { Get-BwAttachment 'with attachment' -AsCertificate -Password $text @loud }
            { Get-BwAttachment 'with attachment' -AsCertificate -PasswordField none @loud }
            { [IO.File]::WriteAllText((Join-Path $HOME leak.txt), $text); Add-BwAttachment prod-sql (Join-Path $HOME leak.txt) -WhatIf @loud }
            { Add-BwAttachment prod-sql (Join-Path $HOME leak.txt) -PassThru @loud }
            { Add-Fault $server /api/ciphers BrokenConnection; Add-BwAttachment prod-sql (Join-Path $HOME leak.txt) @loud }
            { Add-BwAttachment prod-sql (Join-Path $HOME none.txt) @loud }
            { $old = @{ name = 'old.txt'; content = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($text)) }
                $null = Invoke-TestServer $server POST "/accounts/pbkdf2@example.org/items/$((Get-BwItem prod-sql).Id)/old-files" $old
                Sync-BwVault -Force
                Update-BwAttachment prod-sql -WhatIf @loud }
            { Add-Fault $server /api/ciphers ServerError; Update-BwAttachment prod-sql @loud }
            { Update-BwAttachment prod-sql @loud }
            { Update-BwAttachment prod-sql @loud }
            { Remove-BwAttachment prod-sql leak.txt @loud }
            { Add-Fault $server /api/ciphers ServerError; Remove-BwAttachment prod-sql leak.txt -Confirm:$false @loud }
            { Remove-BwAttachment prod-sql leak.txt -Confirm:$false @loud }
            { Export-BwVault (Join-Path $HOME a.json) @loud }
            { Export-BwVault (Join-Path $HOME a.json) -Password $written -WhatIf @loud }
            { Export-BwVault (Join-Path $HOME a.json) -Password $written -SkipReprompt -SkipUnreadable @loud }
            { Export-BwVault (Join-Path $HOME b.json) -Format AccountEncryptedJson -SkipUnreadable @loud }
            { Export-BwVault (Join-Path $HOME c.json) -Format Json @loud }
            { Import-BwVault (Join-Path $HOME a.json) @loud }
            { Import-BwVault (Join-Path $HOME a.json) -Password $password @loud }
            { Import-BwVault (Join-Path $HOME a.json) -Password $written -WhatIf @loud }
            { [IO.File]::WriteAllText((Join-Path $HOME bad.json), '{"items":[{"type":1,"login":{"password":["' + $text + '"]}}]}')
                Import-BwVault (Join-Path $HOME bad.json) @loud }
            { [IO.File]::WriteAllText((Join-Path $HOME bad.json), '{"items":[{"type":1,"notes":"' + $text); Import-BwVault (Join-Path $HOME bad.json) @loud }
            { Add-Fault $server /api/ciphers RequestLost; Import-BwVault (Join-Path $HOME b.json) @loud }
            { Sync-BwVault -Force -PassThru @loud }
            { Add-Fault $server /api/sync ServerError; Sync-BwVault -Force @loud }
            { Add-Fault $server /api/sync BrokenConnection; Sync-BwVault -Force @loud }
            { Save-BwVault (Join-Path $HOME vault.copy) -PassThru @loud }
            { Save-BwVault (Join-Path $HOME vault.copy) @loud }
            { Open-BwVault (Join-Path $HOME cert.pfx) @loud }
            { $copy = Open-BwVault (Join-Path $HOME vault.copy) -Private -WarningAction Continue @loud
                $copy | Format-List -Property *; Disconnect-BwSession -Session $copy }
            # A warning asks with -Debug, unless it is told what to do.
            { Add-Fault $server /identity/connect/token ServerError
                $fallback = @{ FallbackPath = (Join-Path $HOME vault.copy); WarningAction = 'Continue' }
                Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @fallback @loud }
            { Unlock-BwVault $argonPassword @loud }
            { Unlock-BwVault $password @loud }
            { Set-BwItem prod-sql -Password $written -SkipReprompt @loud }
            { Get-BwSecret prod-sql @loud }
            { Disconnect-BwSession @loud }
            { [IO.File]::WriteAllText("$HOME/odd.copy", [IO.File]::ReadAllText("$HOME/vault.copy").Replace('"date":"2', '"date":"1'))
                Open-BwVault ~/odd.copy -WarningAction Continue @loud }
            { Unlock-BwVault $password @loud }
            { Disconnect-BwSession -All @loud }
            { Connect-BwApiKey $server.Url -ClientId $account.clientId -ClientSecret $secret @loud }
            { Unlock-BwVault $password @loud }
            { Select-BwSession nobody@example.org @loud }
            { Select-BwSession $account.email -PassThru @loud }
            { Lock-BwVault @loud }
            { Get-BwSecret prod-sql @loud }
            { Unlock-BwVault $password @loud }
            { $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/rotate'
                $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/revoke-tokens'
                Sync-BwVault @loud }
            { Get-BwItem @loud }
            { Disconnect-BwSession @loud }
            { Get-BwItem @loud }
        )
        $loud = @{ Verbose = $true; Debug = $true }
        $texts = foreach ($step in $steps) {
            Clear-Fault $server
            $Error.Clear()
            $output = try { & $step *>&1 } catch { $_ }
            $output | Out-Default
            $output | Out-String -Width 5000
            $output | ForEach-Object { try { ConvertTo-Json $_ -Depth 3 -WarningAction Ignore } catch { "$_" } }
            $Error | ForEach-Object {
                $_ | Format-List -Property * -Force | Out-String -Width 5000
                ($_.Exception ?? $_).ToString()
                ($_.Exception ?? $_) | Format-List -Property * -Force | Out-String -Width 5000
                "$($_.FullyQualifiedErrorId)"
            }
        }
        $null = Stop-Transcript
        @{ Text = $texts -join "`n"; Transcript = Get-Content $transcript -Raw; Steps = $steps.Count; Exported = $exported }
    }
    $requests = Get-ServerRequest $server
    $tokens = $requests.headers.Authorization | Where-Object { $_ } | ForEach-Object { $_ -replace '^Bearer ' } | Sort-Object -Unique
    $after = Get-TestAccount $server
    $otherAfter = Get-TestAccount $server argon2@example.org
    $everything = @{
        Text       = $run.Result.Text
        Transcript = $run.Result.Transcript
        Console    = "$($run.Output)`n$($run.ErrorOutput)"
    }
}

AfterAll {
    Stop-TestServer $server
}

Describe 'What the cmdlets write' {
    It 'was captured' {
        $run.Result.Steps | Should -Be 215
        $everything.Text | Should -Match 'Logging in at'
        $everything.Text | Should -Match 'ApiKeyRejected,'
        $everything.Text | Should -Match 'SessionExpired,'
        $everything.Text | Should -Match 'DecryptionFailed,'
        $everything.Text | Should -Match 'FolderNotFound,'
        $everything.Text | Should -Match 'InvalidSshKey,'
        $everything.Text | Should -Match 'SshAgentNotAvailable,'
        $everything.Text | Should -Match 'SessionOffline,'
        $everything.Text | Should -Match 'WrongSessionKey,'
        $everything.Text | Should -Match 'VaultCopyChanged,'
        if (-not $IsWindows) {
            $everything.Text | Should -Match 'ClipboardUnavailable,'
            $everything.Text | Should -Match 'Cleared after 30 seconds'
        }
        $everything.Transcript | Should -Match 'prod-sql'
        $everything.Console | Should -Match 'prod-sql'
        @($tokens).Count | Should -BeGreaterThan 0
    }

    It '<Place> holds no <What>' -ForEach $(foreach ($place in 'Text', 'Transcript', 'Console') {
            foreach ($what in 'master password', 'client secret', 'access token', 'item password', 'hidden field', 'note', 'key or number', 'written value',
                'ciphertext') {
                @{ Place = $place; What = $what }
            }
        }) {
        $wanted = switch ($What) {
            'master password' { 'correct horse battery staple' }
            'client secret' { $before.clientSecret, $after.clientSecret, $other.clientSecret, $otherAfter.clientSecret }
            'access token' { $run.Result.Exported; $tokens; $tokens | ForEach-Object { $_.Split('.')[1] } }
            'item password' { $before.passwords.PSObject.Properties.Value | Where-Object { $_.Length -gt 6 } }
            'hidden field' { 'hidden-field-51d0' }
            'note' { 'Restore notes', 'code-1 11111' }
            'key or number' { 'JBSWY3DPEHPK3PXP', '4111111111111111', '94731', '078-05-1120', 'PRIVATE KEY', 'DE89370400440532013000', '925665416' }
            'written value' { 'Wr1tten-' }
            'ciphertext' { }
        }
        $wanted | Where-Object { $everything[$Place].Contains($_) } | Should -BeNullOrEmpty
        if ($What -eq 'ciphertext') { $everything[$Place] | Should -Not -Match '\b[0-7]\.[A-Za-z0-9+/]{22}==\|' }
    }
}
