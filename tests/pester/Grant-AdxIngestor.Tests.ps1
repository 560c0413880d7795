# Giving the right to ingest: refused before, working after, and the same again changes nothing.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'ApplicationId'; Set = 'Application'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'TenantId'; Set = 'Application'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'ManagedIdentityId'; Set = 'ManagedIdentity'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'TenantId'; Set = 'ManagedIdentity'; Form = 'String, mandatory, by name' }
        @{ Parameter = 'Principal'; Set = 'Principal'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'TenantId'; Set = 'Principal'; Form = 'not in this set' }
        @{ Parameter = 'Table'; Set = 'Principal'; Form = 'String' }
        @{ Parameter = 'DatabaseRole'; Set = 'Principal'; Form = 'AdxDatabaseRole' }
        @{ Parameter = 'Note'; Set = 'Principal'; Form = 'String' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    $rows = 1..2 | ForEach-Object { [pscustomobject]@{ Id = $_ } }

    # A connection as an application that nobody has given anything.
    function Connect-Newcomer {
        $principal = "aadapp=$([guid]::NewGuid());$tenant"
        $newcomer = Connect-Adx -Local -Principal $principal
        $null = Connect-Adx -Local
        $newcomer
    }
    function Get-RoleText($Assignment) {
        ($Assignment | ForEach-Object { "$($_.Scope) $($_.Role)" } | Sort-Object) -join ', '
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Grant-AdxIngestor' {
    It '<Parameter> in set <Set> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Grant-AdxIngestor $Parameter $Set | Should -BeExactly $Form
    }

    It 'offers the roles User, Ingestor and None' {
        (TabExpansion2 'Grant-AdxIngestor -DatabaseRole ').CompletionMatches.CompletionText | Should -Be 'Ingestor', 'None', 'User'
    }

    It 'takes no table from an object''s properties: what is granted, one says' {
        Get-ParameterForm Grant-AdxIngestor Database Principal | Should -BeExactly 'String'
    }
}

Describe 'Grant-AdxIngestor' {
    BeforeEach {
        $null = Connect-Adx -Local
        $table = "T$([guid]::NewGuid().ToString('N'))"
        $null = New-AdxTable $table 'Id:long'
        $newcomer = Connect-Newcomer
    }

    It 'takes what was refused to what works, and Revoke-AdxIngestor back again' {
        $failure = Get-Failure { $rows | Send-AdxData $table -Connection $newcomer }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $failure.CategoryInfo.Category | Should -Be 'PermissionDenied'

        $null = Grant-AdxIngestor $newcomer.Principal -Table $table
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
        Invoke-AdxQuery $table | Should -HaveCount 2

        Revoke-AdxIngestor $newcomer.Principal -Table $table -DatabaseRole User | Should -BeNullOrEmpty
        (Get-Failure { $rows | Send-AdxData $table -Connection $newcomer }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        Invoke-AdxQuery $table | Should -HaveCount 2
        Get-LocalBlob | Should -BeNullOrEmpty
    }

    It 'is what the refusal tells to run, and running that helps' {
        $failure = Get-Failure { $rows | Send-AdxData $table -Connection $newcomer }
        $failure.Exception.Message | Should -BeLike "*role Ingestor on table '$table'*"
        $failure.Exception.Message | Should -BeLike "*$($newcomer.Principal)*"
        $command = [regex]::Match($failure.ErrorDetails.RecommendedAction, 'Grant-AdxIngestor.*').Value
        $command | Should -Not -BeNullOrEmpty
        $null = & ([scriptblock]::Create($command))
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'gives the table''s role and database User by default, and emits both as they stand' {
        $standing = Grant-AdxIngestor $newcomer.Principal -Table $table -Note 'for the nightly load'
        $standing | Should -BeOfType 'AdxFlow.AdxRoleAssignment'
        Get-RoleText $standing | Should -BeExactly 'Database User, Table Ingestor'
        $standing.PrincipalFqn | Should -Be $newcomer.Principal, $newcomer.Principal
        $standing.Notes | Select-Object -Unique | Should -BeExactly 'for the nightly load'
        ($standing | Where-Object Scope -EQ Table).Table | Should -BeExactly $table
    }

    It 'gives database Ingestor instead on request' {
        Get-RoleText (Grant-AdxIngestor $newcomer.Principal -Table $table -DatabaseRole Ingestor) | Should -BeExactly 'Database Ingestor, Table Ingestor'
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'gives the table''s role alone where the principal has one on the database' {
        $null = Invoke-AdxCommand ".add database NetDefaultDB users ('$($newcomer.Principal)')"
        Get-RoleText (Grant-AdxIngestor $newcomer.Principal -Table $table -DatabaseRole None) | Should -BeExactly 'Table Ingestor'
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'gives the database''s role alone without a table' {
        Get-RoleText (Grant-AdxIngestor $newcomer.Principal) | Should -BeExactly 'Database Ingestor'
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'lets who cannot read the schema send all the same' {
        $null = Grant-AdxIngestor $newcomer.Principal -DatabaseRole Ingestor
        (Get-Failure { Get-AdxTable $table -Connection $newcomer -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        $ingestion = $rows | Send-AdxData $table -Connection $newcomer -Wait
        $ingestion.Status | Should -Be 'Succeeded'
        @(Invoke-AdxQuery $table | Sort-Object Id).Id | Should -Be 1, 2
    }

    It 'changes nothing the second time, and emits the same' {
        $first = Grant-AdxIngestor $newcomer.Principal -Table $table
        $script:second = $null
        $requests = Get-LocalRequest { $script:second = Grant-AdxIngestor $newcomer.Principal -Table $table }
        Get-RoleText $second | Should -BeExactly (Get-RoleText $first)
        @($requests) | Should -HaveCount 2 -Because 'it looks at the database''s and the table''s roles and finds nothing to do'
        @(Get-AdxRole $table | Where-Object PrincipalFqn -EQ $newcomer.Principal | Where-Object Scope -EQ Table) | Should -HaveCount 1
    }

    It 'takes an application id with its tenant' {
        $id = ($newcomer.Principal -split '[=;]')[1]
        $null = Grant-AdxIngestor -ApplicationId $id -TenantId $tenant -Table $table
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'takes a managed identity''s object id with its tenant' {
        $id = ($newcomer.Principal -split '[=;]')[1]
        $null = Grant-AdxIngestor -ManagedIdentityId $id -TenantId $tenant -Table $table
        ($rows | Send-AdxData $table -Connection $newcomer -Wait).Status | Should -Be 'Succeeded'
    }

    It 'takes principals from a file''s rows' {
        $people = "ApplicationId,TenantId`n$([guid]::NewGuid()),$tenant`n$([guid]::NewGuid()),$tenant" | ConvertFrom-Csv
        $standing = $people | Grant-AdxIngestor -Table $table -DatabaseRole Ingestor
        @($standing | Where-Object Scope -EQ Table) | Should -HaveCount 2
    }

    It 'quotes the name <Table> and the note <Note>' -ForEach @(
        @{ Table = 'it.s - x'; Note = "it's [x]" }
        @{ Table = 'where'; Note = 'where' }
        @{ Table = 'a b'; Note = 'a"b\' }
    ) {
        $null = New-AdxTable $Table 'Id:long' -Merge
        $standing = Grant-AdxIngestor $newcomer.Principal -Table $Table -Note $Note
        ($standing | Where-Object Scope -EQ Table).Table | Should -BeExactly $Table
        ($standing | Where-Object Scope -EQ Table).Notes | Should -BeExactly $Note
    }

    It 'sends the name <_> as it is, which no table can have' -ForEach "it's [x]", 'a"b', 'a\b' {
        $failure = Get-Failure { Grant-AdxIngestor $newcomer.Principal -Table $_ -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failure.Exception.Message | Should -Match ([regex]::Escape("'$_'"))
    }

    It 'refuses what is no principal: <_>' -ForEach 'somebody', "aadapp=x');.drop table T", 'aadapp=1;2;3', 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b' {
        $script:failure = $null
        Get-LocalRequest { $script:failure = Get-Failure { Grant-AdxIngestor $_ -Table $table } } | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxInvalidPrincipal,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'says that the table is missing, for this principal, and goes on with the next' {
        $null = [pscustomobject]@{ Principal = $newcomer.Principal }, [pscustomobject]@{ Principal = $newcomer.Principal } |
            Grant-AdxIngestor -Table Missing -DatabaseRole None -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 2
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly $newcomer.Principal
    }

    It 'is refused to who is no administrator' {
        $failure = Get-Failure { Grant-AdxIngestor $newcomer.Principal -Table $table -Connection $newcomer -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxForbidden,*'
        Get-AdxRole $table | Where-Object PrincipalFqn -EQ $newcomer.Principal | Should -BeNullOrEmpty
    }
}
