# What one may do, told before a job starts: it changes nothing, and what it recommends helps.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'Table'; Form = 'String[], position 0, from pipeline, by name' }
        @{ Parameter = 'For'; Form = 'AdxOperation[], position 1' }
        @{ Parameter = 'Quiet'; Form = 'SwitchParameter' }
    )
}

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $tenant = '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5'
    $null = Connect-Adx -Local
    $null = New-AdxTable 'its T' 'Id:long'
    $null = New-AdxTable Other 'Id:long'
    function Connect-Newcomer {
        $newcomer = Connect-Adx -Local -Principal "aadapp=$([guid]::NewGuid());$tenant"
        $null = Connect-Adx -Local
        $newcomer
    }
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Test-AdxAccess' {
    It '<Parameter> is: <Form>' -ForEach $parameters {
        Get-ParameterForm Test-AdxAccess $Parameter '*' | Should -BeExactly $Form
    }

    It 'offers the operations' {
        (TabExpansion2 'Test-AdxAccess -For ').CompletionMatches.CompletionText | Should -Be 'Administer', 'CreateTable', 'Ingest', 'Query', 'ShowSchema'
    }
}

Describe 'Test-AdxAccess' {
    BeforeEach {
        $newcomer = Connect-Newcomer
    }

    It 'tells all of a database, or of a table' {
        $access = Test-AdxAccess -Connection $newcomer
        $access | Should -BeOfType 'AdxFlow.AdxAccess'
        $access.Operation | Should -Be 'Query', 'Ingest', 'ShowSchema', 'CreateTable', 'Administer'
        $access.IsAllowed | Select-Object -Unique | Should -BeFalse
        (Test-AdxAccess 'its T' -Connection $newcomer).Operation | Should -Be 'Query', 'Ingest', 'ShowSchema', 'Administer'
    }

    It 'names what is missing and the command that gives it, which helps: <_>' -ForEach 'Query', 'Ingest', 'ShowSchema', 'CreateTable', 'Administer' {
        $access = Test-AdxAccess 'its T' $_ -Connection $newcomer
        $access.IsAllowed | Should -BeFalse
        $access.Principal | Should -BeExactly $newcomer.Principal
        $access.MissingRole | Should -Not -BeNullOrEmpty
        # A role on a table depends on one on the database, which whoever gives it sees to.
        if ($_ -eq 'Administer') { $null = Grant-AdxRole $newcomer.Principal User }
        $null = & ([scriptblock]::Create($access.RecommendedCommand))
        $after = Test-AdxAccess 'its T' $_ -Connection $newcomer
        $after.IsAllowed | Should -BeTrue
        $after.MissingRole | Should -BeNullOrEmpty
        $after.RecommendedCommand | Should -BeNullOrEmpty
    }

    It 'leaves open what it cannot know' {
        $null = Grant-AdxRole $newcomer.Principal Viewer
        $access = Test-AdxAccess -For CreateTable -Connection $newcomer
        $access.IsAllowed | Should -Be $null
        $access.Reason | Should -BeLike '*group*'
        Test-AdxAccess -For CreateTable -Connection $newcomer -Quiet | Should -BeFalse
    }

    It 'writes one bool with -Quiet' {
        Test-AdxAccess -Quiet | Should -BeTrue
        Test-AdxAccess -Quiet -Connection $newcomer | Should -BeFalse
        $null = Grant-AdxRole $newcomer.Principal Viewer
        Test-AdxAccess 'its T', Other Query -Quiet -Connection $newcomer | Should -BeTrue
        @(Test-AdxAccess 'its T', Other -Quiet -Connection $newcomer) | Should -HaveCount 1
    }

    It 'takes what Get-AdxTable writes' {
        (Get-AdxTable | Test-AdxAccess -For Ingest).Table | Should -Be 'Other', 'its T'
        ('Other', 'its T' | Test-AdxAccess -For Ingest).Table | Should -Be 'Other', 'its T'
        (Get-AdxDatabase | Test-AdxAccess -For Ingest).Database | Should -Be 'NetDefaultDB'
    }

    It 'says that a table is missing, and goes on' {
        $access = Test-AdxAccess Missing, Other Query -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'AdxTableNotFound,*'
        $failures[0].TargetObject | Should -BeExactly 'Missing'
        $access.Table | Should -BeExactly 'Other'
        Test-AdxAccess Missing -Quiet -ErrorAction SilentlyContinue | Should -BeFalse
    }

    It 'writes nothing but objects, and changes nothing' {
        $before = @(Get-AdxRole; Get-AdxRole Other; Get-AdxTable -Detailed | ForEach-Object { "$($_.Name) $($_.RowCount)" }) -join "`n"
        $all = Test-AdxAccess Other -Connection $newcomer -Verbose *>&1
        $all | Should -BeOfType 'AdxFlow.AdxAccess'
        @(Get-AdxRole; Get-AdxRole Other; Get-AdxTable -Detailed | ForEach-Object { "$($_.Name) $($_.RowCount)" }) -join "`n" | Should -BeExactly $before
        Get-LocalBlob | Should -BeNullOrEmpty
    }

    It 'is an error where the service fails, and no answer' {
        Add-LocalFault Query -StatusCode 500
        $script:access = $null
        $failure = Get-Failure { $script:access = Test-AdxAccess Other Query -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AdxServiceError,*'
        $access | Should -BeNullOrEmpty
    }

    It 'fits into 120 columns' {
        $lines = (Test-AdxAccess 'its T' -Connection $newcomer | Out-String -Width 120) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
        "$lines" | Should -BeLike '*Operation*Ingest*table its T*no*Table its T Ingestor*'
    }
}
