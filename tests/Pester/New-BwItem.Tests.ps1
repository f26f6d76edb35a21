BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    Import-BitwardenModule
    $sets = @{ SecureNote = 'Note' }
    $members = foreach ($type in [Bitwarden.Core.Vault.ItemTypes]::All) {
        foreach ($member in $type.Members) {
            @{ Kind = $type.Type; Set = $sets["$($type.Type)"] ?? "$($type.Type)"; Member = $member.Selector; IsSecret = $member.IsSecret }
        }
    }
    $kinds = [Bitwarden.Core.Vault.ItemTypes]::All | ForEach-Object { @{ Kind = $_.Type; Set = $sets["$($_.Type)"] ?? "$($_.Type)" } }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer
    $session = Connect-TestAccount $server -Unlock

    # A second session of an account takes the place of the first one where that is current.
    $null = Connect-TestAccount $server argon2@example.org
    $other = Connect-TestAccount $server -Unlock
    Select-BwSession $session
    $secret = ConvertTo-TestSecret 'Made-up 1'
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
}

Describe 'The parameters of New-BwItem and Set-BwItem' {
    It '<Member> of the kind <Kind> is a parameter of both' -TestCases $members {
        foreach ($cmdlet in 'New-BwItem', 'Set-BwItem') {
            $parameter = (Get-Command $cmdlet).Parameters[$Member]
            $parameter.ParameterSets.Keys | Should -Contain $Set
            $parameter.ParameterType | Should -Be $(if ($IsSecret) { [securestring] } else { [string] })
        }
    }

    It 'a parameter of a kind is a value that the kind has' {
        $general = 'Credential', 'GeneratePassword', 'Uri', 'UriMatch', 'Note', 'Card', 'Identity', 'SshKey', 'BankAccount', 'DriversLicense', 'Passport',
        'KeyType', 'KeySize', 'KeyFile', 'KeyPassphrase'
        foreach ($parameter in (Get-Command New-BwItem).Parameters.Values | Where-Object { -not $_.ParameterSets.ContainsKey('__AllParameterSets') }) {
            if ($parameter.Name -in $general) { continue }
            foreach ($set in $parameter.ParameterSets.Keys) {
                [Bitwarden.Core.Vault.ItemTypes]::Of($set).Member($parameter.Name) | Should -Not -BeNullOrEmpty -Because "$($parameter.Name) of $set"
            }
        }
    }
}

Describe 'New-BwItem' {
    It 'creates an item of the kind <Kind> with every value, as another session reads it' -TestCases $kinds {
        $values = @{}
        foreach ($member in [Bitwarden.Core.Vault.ItemTypes]::Of($Kind).Members) {
            $text = "value of $($member.Selector) ü"
            $values[$member.Selector] = if ($member.IsSecret) { ConvertTo-TestSecret $text } else { $text }
        }
        $switch = if ($Set -eq 'Login') { @{} } else { @{ $Set = $true } }
        $made = New-BwItem "made $Set" @switch @values -Notes 'a note'
        $made | Should -BeOfType Bitwarden.Core.Vault.VaultItem
        (Get-BwItem "made $Set").Id | Should -Be $made.Id
        Sync-BwVault -Force -Session $other
        $read = Get-BwItem "made $Set" -Session $other
        $read.Id, $read.Type | Should -Be $made.Id, $Kind
        $read.Notes.RevealText() | Should -BeExactly 'a note'
        foreach ($name in $values.Keys) { $read.Values[$name].RevealText() | Should -BeExactly "value of $name ü" }
    }

    It 'a login has folder, addresses, match detection, favourite and reprompt' {
        $addresses = 'https://one.example', 'https://two.example'
        $item = New-BwItem everything -Credential ([pscredential]::new('ada', $secret)) -Uri $addresses -UriMatch Never -Folder Work -Favorite -Reprompt
        $item.Username | Should -BeExactly 'ada'
        $item.Password.RevealText() | Should -BeExactly 'Made-up 1'
        $item.Uris | Should -Be $addresses
        $item.Folder, $item.Favorite, $item.Reprompt | Should -Be 'Work', $true, $true
        Get-BwItem everything -Uri https://one.example -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'custom fields get their kinds from their values, and keep an order' {
        $fields = [ordered]@{ zebra = 'text'; pin = $secret; on = $true; number = 7; copied = (Get-BwItem prod-sql).Password }
        $item = New-BwItem fields -Note -Field $fields
        $item.Fields | ForEach-Object { "$($_.Name) $($_.Type) $($_.Value.RevealText())" } | Should -Be @(
            'zebra Text text', 'pin Hidden Made-up 1', 'on Boolean true', 'number Text 7', 'copied Hidden Sql-Pr0d!7f3K-pbkdf2')
    }

    It '-GeneratePassword makes up 14 characters of three kinds' {
        $text = (New-BwItem generated -GeneratePassword).Password.RevealText()
        $text | Should -MatchExactly '^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[a-zA-Z0-9]{14}$'
    }

    It 'writes to a collection' {
        $item = New-BwItem shared -Username db -Password $secret -Collection Production
        $item.Organization, $item.Collections | Should -Be 'Example Org', 'Production'
        (Get-BwItem shared -Collection Production).Id | Should -Be $item.Id
    }

    It 'refuses a collection that may only be read' {
        $organization = (Get-BwOrganization 'Example Org').Id
        $null = Invoke-TestServer $server POST '/accounts/pbkdf2@example.org/collections' @{
            organizationId = $organization; name = 'Look only'; rights = @{ readOnly = $true }
        }
        Sync-BwVault -Force
        Clear-ServerRequest $server
        New-BwItem x -Collection 'Look only' -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InvalidItem,*'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It '-WhatIf sends nothing, and names fields without their values' {
        Clear-ServerRequest $server
        $before = @(Get-BwItem).Count
        $run = Invoke-FreshPwsh -Server $server {
            $null = Connect-TestAccount $server -Unlock
            Clear-ServerRequest $server
            New-BwItem "odd`e name" -Username ada -Password (ConvertTo-TestSecret 'Hidden-value') -Field @{ k = 'Field-value' } -WhatIf
            @(Get-ServerRequest $server).Count
        }
        $run.Result | Should -Be 0
        $run.Output | Should -BeLike "*Create with username, password, field:k*Login 'odd\u001B name'*"
        $run.Output | Should -Not -Match 'Hidden-value|Field-value|ada\b'
        @(Get-BwItem).Count | Should -Be $before
    }

    It '<What> is InvalidItem, and nothing is sent' -TestCases @(
        @{ What = 'an empty user name'; Given = { @{ Username = '' } } }
        @{ What = 'a blank user name'; Given = { @{ Username = '  ' } } }
        @{ What = 'an empty password'; Given = { @{ Password = [securestring]::new() } } }
        @{ What = 'an empty credential'; Given = { @{ Credential = [pscredential]::Empty } } }
        @{ What = 'two passwords'; Given = { @{ Password = $secret; GeneratePassword = $true } } }
        @{ What = 'a password and a credential'; Given = { @{ Password = $secret; Credential = [pscredential]::new('a', $secret) } } }
        @{ What = 'match detection of nothing'; Given = { @{ UriMatch = 'Host' } } }
        @{ What = 'an empty address'; Given = { @{ Uri = 'https://a.example', '' } } }
        @{ What = 'an empty field'; Given = { @{ Field = @{ a = $null } } } }
        @{ What = 'a field without a name'; Given = { @{ Field = @{ ' ' = 'a' } } } }
        @{ What = 'an organization without a collection'; Given = { @{ Organization = 'Example Org' } } }
    ) {
        Clear-ServerRequest $server
        $given = & $Given
        New-BwItem x @given -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -Be 'InvalidItem,Bitwarden.PowerShell.Commands.NewBwItemCommand'
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }

    It 'a value that is too long is InputTooLong, with its name and not its text' {
        New-BwItem x -Username ('y' * 2000) -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'InputTooLong,*'
        $failures[0].Exception.Message | Should -Match 'username'
        $failures[0].Exception.Message | Should -Not -Match 'yyyy'
    }

    It 'text for a password is refused, and not repeated' {
        $failure = { New-BwItem x -Password 'Typed-in-clear' } | Should -Throw -PassThru
        $failure.Exception.Message | Should -Not -Match 'Typed-in-clear'
    }

    It 'a folder that is not there is FolderNotFound' {
        New-BwItem x -Folder Privatee -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'FolderNotFound,*'
        $failures[0].Exception.Message | Should -BeLike "*'Private'*"
    }

    It 'a create whose answer is lost is found again, and made once' {
        Add-Fault $server /api/ciphers BrokenConnection
        $made = New-BwItem 'lost answer' -Password $secret -ErrorAction SilentlyContinue
        Clear-Fault $server
        Sync-BwVault -Force
        @(Get-BwItem 'lost answer' -ErrorAction Ignore).Count | Should -BeLessOrEqual 1
        if ($made) { $made.Id | Should -Be (Get-BwItem 'lost answer').Id }
    }
}

Describe 'New-BwItem with rows of a table' {
    It 'binds columns by their names' {
        $rows = @'
Name,Username,Password,Uri,Totp,Notes,Favorite
row 1,u1,Csv-Pw-1,https://r1.example,JBSWY3DPEHPK3PXP,n1,yes
row 2,u2,Csv-Pw-2,https://r2.example,,,false
'@ | ConvertFrom-Csv
        $made = $rows | New-BwItem -Folder Work
        $made.Name | Should -Be 'row 1', 'row 2'
        $made.Password | ForEach-Object { $_.RevealText() } | Should -Be 'Csv-Pw-1', 'Csv-Pw-2'
        $made.Uris | Should -Be 'https://r1.example', 'https://r2.example'
        $made.Folder | Should -Be 'Work', 'Work'
        $made.Favorite | Should -Be $true, $false
        $made[0].Totp.RevealText() | Should -Be 'JBSWY3DPEHPK3PXP'
        $made[1].Totp | Should -BeNullOrEmpty
    }

    It 'rows of cards make cards' {
        $made = 'Name,Number,Code', 'c1,4111111111111111,123' | ConvertFrom-Csv | New-BwItem -Card
        $made.Type | Should -Be Card
        $made.Values['number'].RevealText() | Should -Be '4111111111111111'
    }

    It 'SecureStrings in rows are taken too' {
        ([pscustomobject]@{ Name = 'object row'; Password = $secret } | New-BwItem).Password.RevealText() | Should -Be 'Made-up 1'
    }

    It '-GeneratePassword is for rows that have none' {
        $made = 'Name,Password', 'has one,Csv-Pw-3', 'has none,' | ConvertFrom-Csv | New-BwItem -GeneratePassword
        $made[0].Password.RevealText() | Should -Be 'Csv-Pw-3'
        $made[1].Password.RevealText().Length | Should -Be 14
    }

    It 'warns once of a column that it does not know' {
        $rows = 'Name,Kennwort', 'odd 1,Csv-Pw-4', 'odd 2,Csv-Pw-5' | ConvertFrom-Csv
        $null = $rows | New-BwItem -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        "$warnings" | Should -BeLike "*'Kennwort'*"
        "$warnings" | Should -Not -Match 'Csv-Pw'
    }

    It 'a row without a name is an error, and the next one follows' {
        $made = 'Name,Username', ',u', 'named,u' | ConvertFrom-Csv | New-BwItem -ErrorVariable failures -ErrorAction SilentlyContinue
        $made.Name | Should -Be 'named'
        $failures.Count | Should -BeGreaterThan 0
    }

    It 'an item is no row' {
        Get-BwItem prod-sql | New-BwItem -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$failures" | Should -BeLike '*Copy-BwItem*'
    }

    It 'takes the session from the pipeline' {
        ($session | New-BwItem 'by session' -Username u).Username | Should -Be 'u'
    }
}

Describe 'New-BwItem -SshKey' {
    BeforeAll {
        $vectors = Get-Content $PSScriptRoot/../Bitwarden.Core.Tests/Ssh/keys.json -Raw | ConvertFrom-Json
        function New-KeyFile([string] $Text) {
            $path = Join-Path $TestDrive "key-$([guid]::NewGuid())"
            [IO.File]::WriteAllText($path, $Text)
            $path
        }

        $secret = ConvertTo-TestSecret $vectors.passphrase
        $encrypted = New-KeyFile ($vectors.good | Where-Object name -EQ ed25519-ctr).text
    }

    It 'makes a pair of its own each time, as another session reads it' {
        $first, $second = (New-BwItem 'pair 1' -SshKey), (New-BwItem 'pair 2' -SshKey -KeyType Ed25519)
        Sync-BwVault -Force -Session $other
        $read = Get-BwItem 'pair 1' -Session $other
        $read.Values.publicKey.RevealText() | Should -MatchExactly '^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}$'
        $read.Values.fingerprint.RevealText() | Should -MatchExactly '^SHA256:[A-Za-z0-9+/]{43}$'
        $form = '^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/=]{1,70}\n)+-----END OPENSSH PRIVATE KEY-----\n$'
        $read.Values.privateKey.RevealText() | Should -MatchExactly $form
        $first.Values.fingerprint.RevealText() | Should -Not -Be $second.Values.fingerprint.RevealText()
    }

    It 'makes RSA keys of <_> bits' -ForEach 2048, 3072 {
        $key = (New-BwItem "rsa $_" -SshKey -KeyType Rsa -KeySize $_).Values.publicKey.RevealText()
        [Convert]::FromBase64String(($key -split ' ')[1]).Length | Should -Be (23 + $_ / 8)
    }

    It 'takes the key of a file, and stores it without its passphrase' {
        $item = New-BwItem 'of a file' -SshKey -KeyFile $encrypted -KeyPassphrase $secret
        $known = $vectors.good | Where-Object name -EQ ed25519-ctr
        $item.Values.publicKey.RevealText(), $item.Values.fingerprint.RevealText() | Should -BeExactly $known.publicKey, $known.fingerprint
        $again = New-KeyFile $item.Values.privateKey.RevealText()
        (New-BwItem 'of a file again' -SshKey -KeyFile $again).Values.publicKey.RevealText() | Should -BeExactly $known.publicKey
    }

    It 'makes one for each row, but none where the row has one' {
        $made = 'Name,PublicKey', 'row 1,', 'row 2,ssh-rsa AAAA' | ConvertFrom-Csv | New-BwItem -SshKey
        $made[0].Values.publicKey.RevealText() | Should -BeLike 'ssh-ed25519 *'
        $made[1].Values.publicKey.RevealText(), $made[1].Values.privateKey | Should -Be 'ssh-rsa AAAA', $null
    }

    It '<What> is <Id>, and nothing is sent' -TestCases @(
        @{ What = 'a wrong passphrase'; Id = 'InvalidSshKey'; Text = '*passphrase is wrong*'
            Given = { @{ KeyFile = $encrypted; KeyPassphrase = ConvertTo-TestSecret no } }
        }
        @{ What = 'no passphrase'; Id = 'InvalidSshKey'; Text = '*no passphrase was given*-KeyPassphrase*'; Given = { @{ KeyFile = $encrypted } } }
        @{ What = 'a key of PuTTY'; Id = 'InvalidSshKey'; Text = '*PuTTY*'; Given = { @{ KeyFile = New-KeyFile 'PuTTY-User-Key-File-3: ssh-rsa' } } }
        @{ What = 'an ECDSA key'; Id = 'InvalidSshKey'; Text = "*'ecdsa-sha2-nistp256'*"
            Given = { @{ KeyFile = New-KeyFile ($vectors.refused | Where-Object name -EQ ecdsa).text } }
        }
        @{ What = 'an empty file'; Id = 'InvalidSshKey'; Text = '*is empty*'; Given = { @{ KeyFile = New-KeyFile '' } } }
        @{ What = 'a large file'; Id = 'InvalidSshKey'; Text = '*longer than any key*'; Given = { @{ KeyFile = New-KeyFile ('-' * 1MB) } } }
        @{ What = 'a folder'; Id = 'FileUnusable'; Text = '*cannot be read*'; Given = { @{ KeyFile = "$TestDrive" } } }
        @{ What = 'no file'; Id = 'FileUnusable'; Text = '*cannot be read*'; Given = { @{ KeyFile = Join-Path $TestDrive none } } }
        @{ What = 'no path of a file'; Id = 'FileUnusable'; Text = '*no files*'; Given = { @{ KeyFile = 'Env:PATH' } } }
        @{ What = 'a file and a kind'; Id = 'InvalidItem'; Text = '*-KeyType*'; Given = { @{ KeyFile = $encrypted; KeyType = 'Rsa' } } }
        @{ What = 'a file and values'; Id = 'InvalidItem'; Text = '*-PublicKey*'; Given = { @{ KeyFile = $encrypted; PublicKey = 'x' } } }
        @{ What = 'a kind and values'; Id = 'InvalidItem'; Text = '*-PrivateKey*'; Given = { @{ KeyType = 'Rsa'; PrivateKey = $secret } } }
        @{ What = 'a size without RSA'; Id = 'InvalidItem'; Text = '*-KeyType Rsa*'; Given = { @{ KeySize = 2048 } } }
        @{ What = 'a passphrase without a file'; Id = 'InvalidItem'; Text = '*-KeyFile*'; Given = { @{ KeyPassphrase = $secret } } }
    ) {
        Clear-ServerRequest $server
        $arguments = & $Given
        $failure = { New-BwItem refused -SshKey @arguments -ErrorAction Stop } | Should -Throw -ErrorId "$Id,*" -PassThru
        $failure.Exception.Message | Should -BeLike $Text
        Get-ServerRequest $server | Should -BeNullOrEmpty
    }
}

Describe 'New-BwItem with a lock' {
    It 'fails with VaultLocked' {
        Lock-BwVault
        { New-BwItem x -Username u } | Should -Throw -ErrorId 'VaultLocked,*'
    }
}
